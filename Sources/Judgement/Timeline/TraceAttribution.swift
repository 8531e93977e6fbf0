// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Gives each trace event of the agent its call, its purpose and its domain.
///
/// Where a container has several domains the kernel does everything once in each, and no event says
/// in which: a map belongs to the first domain that has nothing in its way, an unmap to the first
/// that has something to take out.
struct TraceAttribution {
    private let history: AttachmentHistory
    private let steps: [StepRecord]
    private let doorbells: Set<PhysicalAddress>
    private var live: [DomainLife: LiveRanges] = [:]
    private var doorbellMaps: Set<Int> = []

    init(_ steps: [StepRecord], history: AttachmentHistory, board: BoardFacts) {
        self.steps = steps
        self.history = history
        doorbells = board.doorbellPages
    }

    /// Attributes events that are in the trace's order.
    mutating func attribute(_ records: [TraceRecord], _ windows: CallWindows) -> [AttributedEvent] {
        var events = records.map { record in
            let (window, isUndecided) = windows.window(at: record.time)
            return AttributedEvent(
                record: record, purpose: .stray, step: window?.step, call: window?.name,
                callFailed: window?.failed ?? false, isUndecided: isUndecided)
        }
        var start = 0
        while start < events.count {
            var end = start + 1
            while end < events.count, events[end].step == events[start].step { end += 1 }
            if let step = events[start].step { attribute(&events[start..<end], to: step) }
            start = end
        }
        return events
    }

    private mutating func attribute(_ events: inout ArraySlice<AttributedEvent>, to step: Int) {
        let moment = history.moments[step]
        // What a new domain is tried with is taken out again before anything is replayed into it.
        let lastUnmap = events.lastIndex { $0.unmap != nil } ?? events.startIndex - 1
        for index in events.indices {
            let purpose = purpose(of: events[index], isBeforeLastUnmap: index <= lastUnmap)
            events[index].purpose = purpose
            let domain = domain(of: events[index], purpose, moment)
            events[index].domain = domain
            guard let domain else { continue }
            if let map = events[index].map {
                live[domain, default: LiveRanges()].add(map.range, index)
                if purpose == .doorbell { doorbellMaps.insert(index) }
            }
            if let gone = events[index].removed { live[domain]?.remove(gone) }
        }
    }

    private func purpose(
        of event: AttributedEvent, isBeforeLastUnmap: Bool
    ) -> AttributedEvent.Purpose {
        // Outside all calls the agent may write to sysfs: a host driver that is bound again maps
        // the doorbell too, in its own domain and under the agent's process.
        guard let step = event.step else { return .stray }
        if case .map(_, let paddr) = event.record.event, doorbells.contains(paddr) {
            return .doorbell
        }
        switch steps[step].step {
        case .giveBack: return .host
        // The device is taken from its host driver first.
        case .attach where event.call == "write": return .host
        case .attach where event.call != "VFIO_DEVICE_ATTACH_IOMMUFD_PT":
            return isBeforeLastUnmap ? .probe : .user
        // iommufd tries nothing.
        case .attach, .move, .map, .unmap, .window, .detach, .close: return .user
        default: return steps[step].step.killed == nil ? .stray : .user
        }
    }

    private func domain(
        of event: AttributedEvent, _ purpose: AttributedEvent.Purpose,
        _ moment: AttachmentHistory.Moment
    ) -> DomainLife? {
        if purpose == .host { return nil }
        // The domain that a moved device leaves is emptied when its last device goes.
        if let left = moment.leftDomain, event.unmap != nil { return left }
        // A device's own vectors are a matter of its own domain, whatever the step is.
        if event.call == "VFIO_DEVICE_SET_IRQS", let own = moment.deviceDomain { return own }
        if moment.domains.count < 2 { return moment.domains.first ?? moment.deviceDomain }
        let found: DomainLife? =
            if let map = event.map {
                moment.domains.first { live[$0]?.first(overlapping: map.range) == nil }
            } else if let range = event.unmap?.range {
                // What the user has mapped there goes before the doorbells of other domains.
                moment.domains.first { holdsUserMap(in: range, $0) }
                    ?? moment.domains.first { live[$0]?.first(overlapping: range) != nil }
            } else { nil }
        return found ?? moment.domains.first
    }

    /// Whether the first map of a domain that a range meets is none of a doorbell's.
    private func holdsUserMap(in range: IOVARange, _ domain: DomainLife) -> Bool {
        live[domain]?.first(overlapping: range).map { !doorbellMaps.contains($0.event) } ?? false
    }
}
