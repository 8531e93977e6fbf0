// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the devices of a virtual board, and gives a name and a slot to those without.
struct DeviceShelf {
    private var names = Uniqueness<DeviceName>(noun: "device")
    private var ofModel: [VirtualDevice.Model: Int] = [:]
    private var taken: [Int: DeviceName] = [:]

    /// Slot 0 is the host bridge, slot 1 the card that carries SSH.
    private static let slots = 2...31

    /// Reads `edu`, or the long form `{kind: e1000e, root-port: true}`.
    mutating func device(_ value: Value) -> VirtualDevice? {
        if value.isScalar {
            guard let model = value.choice(VirtualDevice.Model.self) else { return nil }
            return device(model, at: value, reader: nil)
        }
        guard let reader = MappingReader<VirtualDeviceKey>(value),
            let model = reader.required(.kind, { $0.choice(VirtualDevice.Model.self) })
        else { return nil }
        return device(model, at: value, reader: reader)
    }

    private mutating func device(
        _ model: VirtualDevice.Model, at value: Value, reader: MappingReader<VirtualDeviceKey>?
    ) -> VirtualDevice? {
        let written = reader?.optional(.name) { $0.name(DeviceName.self) }
        let name = names.unique(written ?? nextName(model), at: reader?[.name] ?? value)
        let slot = slot(reader?[.slot], at: value)
        let isBehind = reader?.optional(.rootPort, default: false) { $0.boolean() } ?? false
        guard let name, let slot else { return nil }
        if let other = taken.updateValue(name, forKey: slot) {
            return (reader?[.slot] ?? value).complain(
                "slot \(slot) is taken by '\(other)' already", as: VirtualDevice.self)
        }
        return VirtualDevice(name: name, model: model, slot: slot, isBehindRootPort: isBehind)
    }

    private mutating func nextName(_ model: VirtualDevice.Model) -> DeviceName? {
        let index = ofModel[model, default: 0]
        ofModel[model] = index + 1
        return DeviceName("\(model.rawValue)\(index)")
    }

    private func slot(_ written: Value?, at value: Value) -> Int? {
        if let written { return written.count(Self.slots) }
        guard let free = Self.slots.first(where: { taken[$0] == nil }) else {
            return value.complain(
                "there is no slot left; a board has \(Self.slots.count)", as: Int.self)
        }
        return free
    }
}
