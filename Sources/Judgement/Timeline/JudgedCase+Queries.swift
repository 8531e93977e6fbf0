// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// The agent's events that mapped a doorbell's page.
    var doorbellMaps: [AttributedEvent] {
        trace.map { trace in trace.doorbellMaps.map { trace.events[$0] } } ?? []
    }

    /// Those that were made for passed-through devices.
    var passedDoorbellMaps: [AttributedEvent] {
        doorbellMaps.filter { $0.domain?.isHost == false }
    }

    /// The lives of domains that events belong to, in order of their first event.
    var domains: [DomainLife] { (trace?.domains ?? []).filter { !$0.isHost } }

    func doorbellMaps(in domain: DomainLife) -> [AttributedEvent] {
        trace?.doorbellMaps(in: domain) ?? []
    }

    /// The doorbell maps of a domain that are live once a step has ended.
    func liveDoorbellMaps(in domain: DomainLife?, after step: Int) -> [AttributedEvent] {
        trace?.liveDoorbells(in: domain, after: step) ?? []
    }

    /// The steps that armed message-signalled vectors, as far as they succeeded.
    var armings: [JudgedStep] { steps.filter(\.isArming) }

    func address(of device: DeviceName) -> PCIAddress? { evidence.record.devices[device] }

    /// The domain of the device that a step is about.
    func deviceDomain(at step: Int) -> DomainLife? { history.moments[step].deviceDomain }

    /// The map events that happened during a step's calls.
    func maps(during step: Int) -> [AttributedEvent] {
        (trace?.during(step) ?? []).filter { $0.map != nil }
    }

    /// The unmap events that happened during a step's calls.
    func unmaps(during step: Int) -> [AttributedEvent] {
        (trace?.during(step) ?? []).filter { $0.unmap != nil }
    }

    /// Maps of doorbells, and maps of anything else that were made while arming.
    func armingMaps(during step: Int) -> [AttributedEvent] {
        maps(during: step).filter {
            $0.domain?.isHost == false
                && ($0.purpose == .doorbell || $0.call == "VFIO_DEVICE_SET_IRQS")
        }
    }

    /// What doorbell maps may measure, as the model says; a page of the CPU where it says nothing.
    var doorbellSizes: Set<ByteCount> {
        let maps = steps.flatMap { step in
            step.expected.doorbellMaps + step.expected.messages.compactMap(\.map)
        }
        let sizes = Set(maps.flatMap { $0.all.map(\.size) })
        return sizes.isEmpty ? [board.pageSize.bytes] : sizes
    }
}

extension JudgedStep {
    /// Whether it armed message-signalled vectors.
    var isArming: Bool {
        guard case .arm(_, let kind, _) = record.step else { return false }
        return kind != .intx && record.hasArmed
    }

    /// The device of an arm step.
    var armedDevice: DeviceName? {
        if case .arm(let device, _, _) = record.step { device } else { nil }
    }

    /// What a map step asks for; nothing for other steps.
    func mapRange(_ page: Granule) -> IOVARange? {
        guard case .map(_, let at, let size) = record.step else { return nil }
        return Self.range(at, size, page)
    }

    /// What an unmap step asks for; nothing for other steps.
    func unmapRange(_ page: Granule) -> IOVARange? {
        guard case .unmap(_, let at, let size) = record.step else { return nil }
        return Self.range(at, size, page)
    }

    static func range(_ at: Placement, _ size: Extent, _ page: Granule) -> IOVARange? {
        guard let first = at.address(page: page), let size = size.size(page: page) else {
            return nil
        }
        return IOVARange(first: first, size: size)
    }
}

extension VectorExpectation {
    /// The pages that the message may lead to, as far as the model knows.
    var pages: Set<PhysicalAddress> { Set((map?.all ?? []).map(\.page)) }

    /// Each page that the message may lead to, with how far into it.
    var targets: Set<DoorbellTarget> {
        guard let map else { return [] }
        // One of several in both means that they go together, in the same order.
        let pairs = map.all.count == address.all.count
        let all = map.all.enumerated().flatMap { index, map in
            (pairs ? [address.all[index]] : address.all).map { address in
                DoorbellTarget(page: map.page, offset: address.rawValue &- map.iova.rawValue)
            }
        }
        return Set(all)
    }
}

/// A place in a doorbell's page.
struct DoorbellTarget: Hashable, Sendable {
    let page: PhysicalAddress
    let offset: UInt64

    /// The physical address of the register itself.
    var register: UInt64 { page.rawValue &+ offset }
}
