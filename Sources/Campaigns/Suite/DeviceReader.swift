// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads what a device of a case must be.
enum DeviceReader {
    /// Reads `edu`, or the long forms `{kind: edu}`, `{id: "8086:10d3"}` and `{class: "0108"}`.
    static func requirement(_ value: Value) -> DeviceRequirement? {
        if value.isScalar { return kind(value).map { DeviceRequirement(kind: $0) } }
        guard let reader = MappingReader<DeviceKey>(value, strange: Expecting.sentence) else {
            return nil
        }
        let named = [DeviceKey.kind, .id, .class].filter { reader[$0] != nil }
        guard named.count == 1, let key = named.first else {
            return value.complain(
                named.isEmpty
                    ? "the key 'kind' is missing; or give 'id' or 'class'"
                    : "a device is asked for by its kind, its id or its class, by one of them only",
                as: DeviceRequirement.self)
        }
        var requirement = key == .kind ? known(reader) : identified(key, reader)
        requirement?.isVirtualFunction = reader.optional(.virtualFunction) { $0.boolean() }
        requirement?.groupMate = reader.optional(.groupOf) { $0.name() }
        return requirement
    }

    private static func identified(
        _ key: DeviceKey, _ reader: MappingReader<DeviceKey>
    ) -> DeviceRequirement? {
        reader.refuse([.stimulus], because: "only devices of a known kind can be rung")
        return (key == .id ? reader[.id].flatMap(id) : reader[.class].flatMap(classCode))
            .map { DeviceRequirement(identity: $0) }
    }

    /// Complains of devices that shall share a group with one that the case does not have.
    static func checkMates(
        _ entries: [(value: Value, name: DeviceName)],
        of devices: [DeviceName: DeviceRequirement]
    ) {
        for (value, name) in entries {
            guard let mate = devices[name]?.groupMate else { continue }
            if mate == name {
                value.complain("device '\(name)' is in its own group anyway; name another")
            } else if devices[mate] == nil {
                let advice = Spelling.advice(for: mate.text, among: devices.keys.map(\.text))
                value.complain("the case has no device '\(mate)'; \(advice)")
            }
        }
    }

    private static func known(_ reader: MappingReader<DeviceKey>) -> DeviceRequirement? {
        let kind = reader.required(.kind, kind)
        let stimulus: DeviceRequirement.Stimulus? = reader.optional(.stimulus) { $0.choice() }
        guard let kind else { return nil }
        if stimulus == .factorial, kind != .edu {
            return reader[.stimulus]?.complain(
                "only an edu computes factorials; remove 'stimulus'", as: DeviceRequirement.self)
        }
        return DeviceRequirement(kind: kind, stimulus: stimulus)
    }

    /// One of the kinds that have a name.
    private static func kind(_ value: Value) -> DeviceRequirement.Kind? {
        guard let kind: DeviceRequirement.Kind = value.choice() else { return nil }
        guard kind != .other else {
            return value.complain(
                "'other' is no kind of its own; ask for the device by its 'id' or 'class'",
                as: DeviceRequirement.Kind.self)
        }
        return kind
    }

    private static func id(_ value: Value) -> DeviceRequirement.Identity? {
        guard let text = value.text("an id like \"8086:10d3\"") else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(number)
        guard parts.count == 2, let vendor = parts[0], let device = parts[1] else {
            return value.complain(
                "'\(shortened(text))' is no PCI id; write vendor and device in quotes, four "
                    + "hexadecimal digits each: \"8086:10d3\"", as: DeviceRequirement.Identity.self)
        }
        return .id(vendor: vendor, device: device)
    }

    private static func classCode(_ value: Value) -> DeviceRequirement.Identity? {
        guard let text = value.text("a class like \"0108\"") else { return nil }
        guard let code = number(text[...]) else {
            return value.complain(
                "'\(shortened(text))' is no PCI class; write base class and subclass in quotes, "
                    + "four hexadecimal digits: \"0108\"", as: DeviceRequirement.Identity.self)
        }
        return .classCode(code)
    }

    private static func number(_ text: Substring) -> UInt16? {
        // A sign would be taken for part of a number.
        guard text.utf8.count == 4, text.allSatisfy(\.isHexDigit) else { return nil }
        return UInt16(text, radix: 16)
    }
}
