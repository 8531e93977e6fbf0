// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the devices of a virtual board, and gives a name and a slot to those without.
struct DeviceShelf {
    private typealias Reader = MappingReader<VirtualDeviceKey>

    private var names = Uniqueness<DeviceName>(noun: "device")
    private var ofModel: [VirtualDevice.Model: Int] = [:]
    private var taken: [Place: DeviceName] = [:]

    private struct Place: Hashable {
        let slot: Int
        let function: Int
    }

    /// Slot 0 is the host bridge, slot 1 the card that carries SSH.
    private static let slots = 2...31

    /// Reads `edu`, or the long form `{kind: e1000e, root-port: true}`.
    mutating func device(_ value: Value) -> VirtualDevice? {
        if value.isScalar {
            guard let model = value.choice(VirtualDevice.Model.self) else { return nil }
            return device(model, at: value, reader: nil)
        }
        guard let reader = Reader(value),
            let model = reader.required(.kind, { $0.choice(VirtualDevice.Model.self) })
        else { return nil }
        return device(model, at: value, reader: reader)
    }

    private mutating func device(
        _ model: VirtualDevice.Model, at value: Value, reader: Reader?
    ) -> VirtualDevice? {
        let written = reader?.optional(.name) { $0.name(DeviceName.self) }
        let name = names.unique(written ?? nextName(model), at: reader?[.name] ?? value)
        let place = place(reader, at: value)
        let isBehind = reader?.optional(.rootPort, default: false) { $0.boolean() } ?? false
        let functions = Self.virtualFunctions(of: model, reader)
        guard let name, let place, let functions else { return nil }
        if let other = taken.updateValue(name, forKey: place) {
            return (reader?[.slot] ?? value).complain(
                Self.sentence(place, other), as: VirtualDevice.self)
        }
        return VirtualDevice(
            name: name, model: model, slot: place.slot, function: place.function,
            isBehindRootPort: isBehind, virtualFunctions: functions)
    }

    private static func sentence(_ place: Place, _ other: DeviceName) -> String {
        place.function == 0
            ? "slot \(place.slot) is taken by '\(other)' already"
            : "function \(place.function) of slot \(place.slot) is '\(other)' already"
    }

    private mutating func nextName(_ model: VirtualDevice.Model) -> DeviceName? {
        let index = ofModel[model, default: 0]
        ofModel[model] = index + 1
        return DeviceName("\(model.rawValue)\(index)")
    }

    private func place(_ reader: Reader?, at value: Value) -> Place? {
        if let written = reader?[.function] {
            guard let function: Int = written.count(0...7) else { return nil }
            if function > 0 { return place(function, reader) }
        }
        if let written = reader?[.slot] {
            return written.count(Self.slots).map { Place(slot: $0, function: 0) }
        }
        let isFree = { slot in !taken.keys.contains { $0.slot == slot } }
        guard let free = Self.slots.first(where: isFree) else {
            return value.complain(
                "there is no slot left; a board has \(Self.slots.count)", as: Place.self)
        }
        return Place(slot: free, function: 0)
    }

    /// A kernel looks for further functions only where function 0 is (PCI 3.0, 3.2.2.3.4).
    private func place(_ function: Int, _ reader: Reader?) -> Place? {
        reader?.refuse(
            reader?[.rootPort] == nil ? [] : [.rootPort],
            because: "a further function sits beside another device on bus 0")
        guard let slot: Int = reader?.required(.slot, { $0.count(Self.slots) }) else { return nil }
        guard taken[Place(slot: slot, function: 0)] != nil else {
            return reader?[.function]?.complain(
                "slot \(slot) has no function 0 yet; write that device before this one",
                as: Place.self)
        }
        return Place(slot: slot, function: function)
    }

    /// As many as QEMU's controller has queues for, as we plug it in.
    private static func virtualFunctions(
        of model: VirtualDevice.Model, _ reader: Reader?
    ) -> Int? {
        guard let written = reader?[.virtualFunctions] else { return 0 }
        guard model == .nvme else {
            return written.complain("only an nvme has virtual functions here", as: Int.self)
        }
        return written.count(1...4)
    }
}
