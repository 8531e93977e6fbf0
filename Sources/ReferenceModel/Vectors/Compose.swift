// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A message as it is written to a device.
struct ComposedMessage: Sendable {
    let address: Prediction<MessageAddress>
    /// Nothing where the controller's own data stands.
    var data: VectorData?
    let map: Prediction<DoorbellMap>?
}

extension Host {
    /// Composes the message of a vector; nothing where allocating the vector fails.
    mutating func compose(
        _ target: RingTarget, for device: AttachedDevice, _ seen: inout StepExpectation
    ) -> ComposedMessage? {
        let granule = placeGranule
        let pages = Set(target.registers.map { $0.page(of: granule) }).sorted()
        guard pages.count == 1, let page = pages.first else {
            return composeUncertain(target, for: device, &seen)
        }
        switch place(page, for: device) {
        case .physical:
            return ComposedMessage(
                address: .among(target.registers.map { MessageAddress(rawValue: $0.rawValue) }),
                map: nil)
        case .mapped(let map, let fresh):
            if fresh { seen.doorbellMaps.append(.exactly(map)) }
            return ComposedMessage(
                address: .among(target.registers.map { map.address(of: $0, granule: granule) }),
                map: .exactly(map))
        case .refused:
            guard design.unplaceable == .allOnes else { return nil }
            seen.log.append(.warning)
            return ComposedMessage(
                address: .exactly(.allOnes), data: .exactly(.max), map: nil)
        }
    }

    /// The page size of doorbell maps: the CPU's for the fixed window, the domain's own else.
    var placeGranule: Granule {
        switch design.doorbells {
        case .mixed, .given: mixedGranule
        case .unmapped, .bypass, .cookie, .table: board.pageSize
        }
    }

    /// Several pages may be meant: each that could be mapped, at each IOVA it could have.
    ///
    /// Where one of them is new, the space is open from here on; the model stands in the state in
    /// which the first of them was taken.
    private mutating func composeUncertain(
        _ target: RingTarget, for device: AttachedDevice, _ seen: inout StepExpectation
    ) -> ComposedMessage? {
        let granule = placeGranule
        let before = spaces
        var outcomes = UncertainPlaces()
        var after: [ContainerName: AddressSpace]?
        for register in target.registers {
            spaces = before
            let placed = place(register.page(of: granule), for: device)
            outcomes.add(placed, of: register, granule, wasRefused: design.unplaceable)
            after = after ?? spaces
        }
        spaces = after ?? before
        if outcomes.areSomeFresh { open(device) }
        if outcomes.areSomeRefused, design.unplaceable != .allOnes {
            seen.outcome = .notPredicted(reason: Self.openness)
        }
        if outcomes.areAllFresh { seen.doorbellMaps.append(.among(outcomes.maps)) }
        if outcomes.areAllRefused, design.unplaceable == .allOnes { seen.log.append(.warning) }
        guard !outcomes.addresses.isEmpty else { return nil }
        return ComposedMessage(
            address: .among(outcomes.addresses),
            data: outcomes.areAllRefused ? .exactly(.max) : nil,
            map: outcomes.maps.isEmpty ? nil : .among(outcomes.maps))
    }
}

/// What may become of a message that rings one of several doorbells.
private struct UncertainPlaces {
    private(set) var addresses: [MessageAddress] = []
    private(set) var maps: [DoorbellMap] = []
    private var fresh = 0
    private var refused = 0
    private var count = 0

    var areSomeFresh: Bool { fresh > 0 }
    var areSomeRefused: Bool { refused > 0 && refused < count }
    var areAllFresh: Bool { count > 0 && fresh == count }
    var areAllRefused: Bool { count > 0 && refused == count }

    mutating func add(
        _ placed: PlacedPage, of register: PhysicalAddress, _ granule: Granule,
        wasRefused: KernelDesign.Unplaceable
    ) {
        count += 1
        switch placed {
        case .physical: addresses.append(MessageAddress(rawValue: register.rawValue))
        case .mapped(let map, let isFresh):
            addresses.append(map.address(of: register, granule: granule))
            maps.append(map)
            fresh += isFresh ? 1 : 0
        case .refused:
            refused += 1
            if wasRefused == .allOnes { addresses.append(.allOnes) }
        }
    }
}

extension DoorbellMap {
    /// Puts the page's IOVA in place of the register's page and keeps the low bits.
    func address(of register: PhysicalAddress, granule: Granule) -> MessageAddress {
        MessageAddress(rawValue: iova.rawValue | register.offset(in: granule).rawValue)
    }
}

extension Prediction {
    /// One of what the model thinks possible, the same counted once.
    static func among(_ values: [Value]) -> Prediction {
        var known: Set<Value> = []
        let different = values.filter { known.insert($0).inserted }
        if different.count == 1, let only = different.first { return .exactly(only) }
        return .oneOf(different, because: RingTarget.uncertainty)
    }
}
