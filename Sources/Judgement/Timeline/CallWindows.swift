// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Says of each trace event of the agent during which call it happened and why.
///
/// Map events carry no domain and no device: the process, the time and the page must tell.
struct EventAttribution {
    /// Trace text is rounded to microseconds, so an event may seem to fall this far outside its
    /// call.
    private static let rounding: UInt64 = 1000

    private struct Window {
        let began: UInt64
        let ended: UInt64
        let step: Int
        let name: String
    }

    private let windows: [Window]
    private let domains: [DomainLife?]
    private let doorbells: Set<PhysicalAddress>

    init(record: CaseRecord, history: AttachmentHistory, board: BoardFacts) {
        windows = record.steps.enumerated().flatMap { position, step in
            step.calls.map {
                Window(
                    began: $0.began.rawValue, ended: $0.ended.rawValue, step: position,
                    name: $0.name)
            }
        }.sorted { $0.began < $1.began }
        domains = history.domains
        doorbells = board.doorbellPages
    }

    func attribute(_ record: TraceRecord) -> AttributedEvent {
        let window = window(at: record.time.rawValue)
        return AttributedEvent(
            record: record, purpose: purpose(of: record.event, in: window?.name),
            step: window?.step, call: window?.name, domain: window.flatMap { domains[$0.step] })
    }

    /// Finds the last call that began before an instant and had not ended.
    private func window(at instant: UInt64) -> Window? {
        var low = 0
        var high = windows.count
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].began <= instant { low = middle + 1 } else { high = middle }
        }
        if low > 0, instant <= windows[low - 1].ended { return windows[low - 1] }
        if low > 0, instant - windows[low - 1].ended <= Self.rounding { return windows[low - 1] }
        guard low < windows.count, windows[low].began - instant <= Self.rounding else { return nil }
        return windows[low]
    }

    private func purpose(of event: TraceEvent, in call: String?) -> AttributedEvent.Purpose {
        // Outside all calls the agent may write to sysfs: a host driver that is bound again maps
        // the doorbell too, in its own domain and under the agent's process.
        guard let call else { return .stray }
        if case .map(_, let paddr) = event, doorbells.contains(paddr) { return .doorbell }
        switch call {
        case "VFIO_IOMMU_MAP_DMA", "VFIO_IOMMU_UNMAP_DMA", "close", "VFIO_GROUP_UNSET_CONTAINER":
            return .user
        case "VFIO_SET_IOMMU", "VFIO_GROUP_SET_CONTAINER": return .probe
        default: return .stray
        }
    }
}
