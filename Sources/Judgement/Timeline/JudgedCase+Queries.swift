// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// The agent's events that mapped a doorbell's page.
    var doorbellMaps: [AttributedEvent] { (events ?? []).filter(\.isDoorbellMap) }

    /// The lives of domains that events belong to, in order of their first event.
    var domains: [DomainLife] {
        var seen: Set<DomainLife> = []
        return (events ?? []).compactMap(\.domain).filter { seen.insert($0).inserted }
    }

    func doorbellMaps(in domain: DomainLife) -> [AttributedEvent] {
        doorbellMaps.filter { $0.domain == domain }
    }

    /// The doorbell maps of a domain that are live once a step has ended.
    func liveDoorbellMaps(in domain: DomainLife?, after step: Int) -> [AttributedEvent] {
        var live: [AttributedEvent] = []
        for event in events ?? [] where event.domain == domain && (event.step ?? .max) <= step {
            if event.isDoorbellMap {
                live.append(event)
            } else if let gone = event.unmap?.range {
                live.removeAll { $0.map?.range.overlaps(gone) ?? false }
            }
        }
        return live
    }

    /// The register that a device rings.
    func register(of device: PCIAddress) -> PhysicalAddress? {
        board.doorbell(of: device)?.register
    }

    /// The steps that armed message-signalled vectors, as far as they succeeded.
    var armings: [JudgedStep] {
        steps.filter { step in
            guard case .arm(_, let kind, _) = step.record.step else { return false }
            return kind != .intx && step.record.succeeded
        }
    }

    func address(of device: DeviceName) -> PCIAddress? { evidence.record.devices[device] }

    /// The messages that were read right after a step armed them.
    func messages(armedBy position: Int) -> [SeenMessage] {
        messages.filter { $0.arming == position && $0.step == position }
    }

    /// Everything that was read of the reserved regions of a device's group, in order.
    func reservedRegions(of device: PCIAddress) -> [[ReservedRegion]] {
        ([evidence.before] + evidence.steps + [evidence.after]).compactMap {
            $0.groups[device]?.reserved
        }
    }
}

extension JudgedStep {
    /// The device of an arm step.
    var armedDevice: DeviceName? {
        if case .arm(let device, _, _) = record.step { device } else { nil }
    }
}

extension JudgedCase {
    /// Maps of doorbells, and maps of anything else that were made while arming.
    var armingMaps: [AttributedEvent] {
        (events ?? []).filter {
            $0.map != nil && ($0.purpose == .doorbell || $0.call == "VFIO_DEVICE_SET_IRQS")
        }
    }

    /// The pages that devices of a domain ring once they were armed in it.
    func pagesUsed(in domain: DomainLife) -> Set<PhysicalAddress> {
        let devices = armings.filter { history.domains[$0.position] == domain }
            .compactMap { $0.armedDevice.flatMap(address) }
        return Set(devices.compactMap { register(of: $0)?.page(of: board.pageSize) })
    }
}

extension JudgedCase {
    /// The map events that happened during a step's calls.
    func maps(during step: Int) -> [AttributedEvent] {
        (events ?? []).filter { $0.step == step && $0.map != nil }
    }

    /// The unmap events that happened during a step's calls.
    func unmaps(during step: Int) -> [AttributedEvent] {
        (events ?? []).filter { $0.step == step && $0.unmap != nil }
    }
}

extension JudgedStep {
    /// What a map step asks for; nothing for other steps.
    func mapRange(_ page: Granule) -> IOVARange? {
        guard case .map(_, let at, let size) = record.step, let first = at.address(page: page),
            let size = size.size(page: page)
        else { return nil }
        return IOVARange(first: first, size: size)
    }
}
