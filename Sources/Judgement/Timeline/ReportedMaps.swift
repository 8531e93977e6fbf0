// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// A map as the kernel's trace reports it, from the event that made it to the one that ended it.
struct ReportedMap: Sendable {
    let domain: DomainLife
    let range: IOVARange
    let paddr: PhysicalAddress
    let isDoorbell: Bool
    /// The step that made it.
    let began: Int
    let line: RawLine
    /// The step whose event took it out; nothing for what stays as long as its domain.
    fileprivate(set) var ended: Int?

    /// Where it leads an address; nothing for one that is not in it.
    func target(of address: IOVA) -> PhysicalAddress? {
        guard range.contains(address) else { return nil }
        return paddr.advanced(by: .bytes(address.rawValue - range.first.rawValue))
    }

    func isLive(during step: Int) -> Bool { began <= step && ended.map { step <= $0 } ?? true }
}

/// All that the kernel reported to have mapped for passed-through devices, and until when.
struct ReportedMaps: Sendable {
    private(set) var maps: [ReportedMap] = []
    private var live: [DomainLife: [Int]] = [:]
    private var byDomain: [DomainLife: [Int]] = [:]
    /// The domains in which each device has been, by the step after which it was first there.
    private var stays: [DeviceName: [DomainLife: Int]] = [:]

    init(_ trace: TraceIndex, _ history: AttachmentHistory) {
        for event in trace.events {
            guard let step = event.step, let domain = event.domain, !domain.isHost else { continue }
            if let map = event.map { add(map.range, map.paddr, event, domain, step) }
            if let gone = event.removed { remove(gone, from: domain, at: step) }
        }
        for (position, moment) in history.moments.enumerated() {
            for (device, domain) in moment.places where stays[device]?[domain] == nil {
                stays[device, default: [:]][domain] = position
            }
        }
    }

    private mutating func add(
        _ range: IOVARange, _ paddr: PhysicalAddress, _ event: AttributedEvent,
        _ domain: DomainLife, _ step: Int
    ) {
        add(
            ReportedMap(
                domain: domain, range: range, paddr: paddr, isDoorbell: event.isDoorbellMap,
                began: step, line: event.line))
    }

    private mutating func add(_ map: ReportedMap) {
        live[map.domain, default: []].append(maps.count)
        byDomain[map.domain, default: []].append(maps.count)
        maps.append(map)
    }

    private mutating func remove(_ gone: IOVARange, from domain: DomainLife, at step: Int) {
        let hit = (live[domain] ?? []).filter { maps[$0].range.overlaps(gone) }
        live[domain]?.removeAll { hit.contains($0) }
        for index in hit {
            let map = maps[index]
            maps[index].ended = step
            // What sticks out of the hole on either side stays.
            var rest = LiveRanges()
            rest.add(map.range, index)
            rest.remove(gone)
            for (range, _) in rest.entries {
                guard let paddr = map.target(of: range.first) else { continue }
                add(
                    ReportedMap(
                        domain: domain, range: range, paddr: paddr, isDoorbell: map.isDoorbell,
                        began: map.began, line: map.line))
            }
        }
    }

    /// The maps of a domain that lead an address somewhere at some time of a step.
    func live(at address: IOVA, in domain: DomainLife, during step: Int) -> [ReportedMap] {
        (byDomain[domain] ?? []).map { maps[$0] }
            .filter { $0.range.contains(address) && $0.isLive(during: step) }
    }

    /// The maps that led an address of a device somewhere, and that it had lost before a step.
    func lost(at address: IOVA, by device: DeviceName, in domain: DomainLife?, before step: Int)
        -> [ReportedMap]
    {
        (stays[device] ?? [:]).filter { $0.value < step }.keys
            .flatMap { (byDomain[$0] ?? []).map { maps[$0] } }
            .filter { map in
                guard map.range.contains(address), map.began < step else { return false }
                return map.domain != domain || map.ended.map { $0 < step } ?? false
            }
    }
}
