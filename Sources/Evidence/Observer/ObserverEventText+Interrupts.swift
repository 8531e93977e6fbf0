// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension ObserverEvent {
    /// What the ITS of QEMU says of messages and commands (`hw/intc/arm_gicv3_its.c`, QEMU 7.2).
    static func its(_ name: String, _ fields: ObserverFields) -> ObserverEvent? {
        if name == "gicv3_its_translation_write" { return message(fields) }
        guard let device = fields.number("DeviceID ") else { return nil }
        switch name {
        case "gicv3_its_cmd_mapd":
            return fields.number(" V ").map { .deviceMapped(device: device, isValid: $0 != 0) }
        case "gicv3_its_cmd_mapti": return mapped(device, fields, interrupt: "pINTID ")
        case "gicv3_its_cmd_mapi": return mapped(device, fields, interrupt: "EventID ")
        case "gicv3_its_cmd_discard":
            return fields.number("EventID ").map { .eventDiscarded(device: device, event: $0) }
        default: return .other
        }
    }

    /// A level of 1 or 0 on an SPI or PPI of a GICv2 (`hw/intc/arm_gic.c`, QEMU 7.2).
    static func line(_ fields: ObserverFields) -> ObserverEvent? {
        guard let interrupt = fields.number("irq "), let level = fields.number("level ") else {
            return nil
        }
        return .line(InterruptID(rawValue: interrupt), isHigh: level != 0)
    }

    private static func message(_ fields: ObserverFields) -> ObserverEvent? {
        guard let device = fields.number("requester_id "), let data = fields.number("data ") else {
            return nil
        }
        return .arrived(device: device, data: data)
    }

    private static func mapped(
        _ device: UInt32, _ fields: ObserverFields, interrupt: String
    ) -> ObserverEvent? {
        guard let event = fields.number("EventID "), let interrupt = fields.number(interrupt)
        else { return nil }
        return .eventMapped(
            device: device, event: event, interrupt: InterruptID(rawValue: interrupt))
    }
}
