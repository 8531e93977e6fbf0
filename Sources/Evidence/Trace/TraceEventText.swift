// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads what an iommu event says of itself, in each form that kernels print it.
enum TraceEventText {
    static func event(
        _ name: String, _ body: Substring, _ line: RawLine
    ) throws(Damage) -> TraceEvent {
        switch name {
        case "map": try map(TraceFields(body), line)
        case "unmap": try unmap(TraceFields(body), line)
        case "attach_device_to_domain": .attach(device: try device(TraceFields(body), line))
        case "detach_device_from_domain": .detach(device: try device(TraceFields(body), line))
        case "add_device_to_group":
            .addToGroup(
                device: try device(TraceFields(body), line), group: try group(body, line))
        case "remove_device_from_group":
            .removeFromGroup(
                device: try device(TraceFields(body), line), group: try group(body, line))
        case "io_page_fault": try fault(body, line)
        default: .other(name: name, text: String(body))
        }
    }

    private static func map(_ fields: TraceFields, _ line: RawLine) throws(Damage) -> TraceEvent {
        let range = try range(fields, line)
        guard let paddr = fields.number("paddr") else {
            throw Damage(.unparsable, line, expected: "paddr=0x…")
        }
        return .map(range, paddr: PhysicalAddress(rawValue: paddr))
    }

    private static func unmap(
        _ fields: TraceFields, _ line: RawLine
    ) throws(Damage) -> TraceEvent {
        let range = try range(fields, line)
        guard let unmapped = fields.number("unmapped_size") else {
            throw Damage(.unparsable, line, expected: "unmapped_size=…")
        }
        return .unmap(range, unmapped: .bytes(unmapped))
    }

    /// Makes the range from iova and size; an end that is printed too must be their sum.
    private static func range(
        _ fields: TraceFields, _ line: RawLine
    ) throws(Damage) -> IOVARange {
        guard let iova = fields.number("iova"), let size = fields.number("size") else {
            throw Damage(.unparsable, line, expected: "iova=0x… and size=…")
        }
        guard let range = IOVARange(first: IOVA(rawValue: iova), size: .bytes(size)) else {
            throw Damage(.outOfRange, line, expected: "a range of IOVAs inside 64 bits")
        }
        // Exclusive, so the end of a range at the very top is zero.
        if let end = fields.end, end != iova &+ size {
            throw Damage(.outOfRange, line, expected: "the end to be iova + size")
        }
        return range
    }

    private static func device(
        _ fields: TraceFields, _ line: RawLine
    ) throws(Damage) -> PCIAddress {
        guard let text = fields.text("device"), let device = PCIAddress(text) else {
            throw Damage(.unparsable, line, expected: "device=DDDD:BB:DD.F")
        }
        return device
    }

    private static func group(_ body: Substring, _ line: RawLine) throws(Damage) -> UInt64 {
        let fields = TraceFields(body)
        guard let group = fields.number("groupID") ?? fields.number("gid") else {
            throw Damage(.unparsable, line, expected: "groupID=…")
        }
        return group
    }

    /// `IOMMU:arm-smmu-v3 0000:00:02.0 iova=0x… flags=0x…`.
    private static func fault(_ body: Substring, _ line: RawLine) throws(Damage) -> TraceEvent {
        let fields = TraceFields(body)
        guard let iova = fields.number("iova") else {
            throw Damage(.unparsable, line, expected: "iova=0x…")
        }
        let device = fields.text("device").map { String($0) } ?? String(fields.words.last ?? "")
        return .pageFault(device: device, iova: IOVA(rawValue: iova))
    }
}
