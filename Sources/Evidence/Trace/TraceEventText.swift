// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A map or an unmap event: nearly all that a long trace holds.
struct TraceMapping {
    let range: IOVARange
    /// The physical address of a map, the bytes that an unmap took out.
    let result: UInt64
    let isMap: Bool

    var event: TraceEvent {
        isMap
            ? .map(range, paddr: PhysicalAddress(rawValue: result))
            : .unmap(range, unmapped: .bytes(result))
    }
}

extension UInt8 {
    /// Whether it may stand in the name of an event, which is that of a function in C.
    fileprivate var isIdentifierPart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// Reads what an iommu event says of itself, in each form that kernels print it.
enum TraceEventText {
    /// Reads a map or an unmap event; nothing for another one.
    ///
    /// A map that fails at its first page is undone by an unmap of nothing, `size=0
    /// unmapped_size=0` (`iommu_map`, 6.1): it has no range, and is another one.
    @inline(__always)
    static func mapping(_ line: RawSpan, _ head: TraceHead) throws(TraceFlaw) -> TraceMapping? {
        guard head.name.count <= 5 else { return nil }
        let name = ShortWord(
            low: line.word(head.name.lowerBound, before: line.byteCount)
                .prefix(head.name.count), count: head.name.count)
        let isMap = name == ShortWord("map")
        guard isMap || name == ShortWord("unmap") else { return nil }
        let fields = try TraceFields(line, from: head.body)
        if !isMap, fields.size == 0, fields.unmapped == 0 { return nil }
        let range = try range(fields)
        guard let result = isMap ? fields.paddr : fields.unmapped else {
            throw isMap ? TraceFlaw.noPage : TraceFlaw.noUnmapped
        }
        return TraceMapping(range: range, result: result, isMap: isMap)
    }

    /// Reads an event that comes a few times in a case, not for each mapping.
    static func event(_ line: RawSpan, _ head: TraceHead) throws(TraceFlaw) -> TraceEvent {
        let name = line.text(head.name)
        switch name {
        case "attach_device_to_domain":
            return .attach(device: try device(TraceFields(line, from: head.body), line))
        case "detach_device_from_domain":
            return .detach(device: try device(TraceFields(line, from: head.body), line))
        case "add_device_to_group":
            let (device, group) = try member(TraceFields(line, from: head.body), line)
            return .addToGroup(device: device, group: group)
        case "remove_device_from_group":
            let (device, group) = try member(TraceFields(line, from: head.body), line)
            return .removeFromGroup(device: device, group: group)
        case "io_page_fault": return try fault(TraceFields(line, from: head.body), line)
        default:
            // A name that was damaged would hide a map event as one that nobody knows.
            guard name.utf8.allSatisfy(\.isIdentifierPart) else {
                throw TraceFlaw.noName
            }
            return .other(name: name, text: line.text(head.body..<line.byteCount))
        }
    }

    /// Makes the range from iova and size; an end that is printed too must be their sum.
    @inline(__always)
    private static func range(_ fields: TraceFields) throws(TraceFlaw) -> IOVARange {
        try refuseStray(fields)
        guard let iova = fields.iova, let size = fields.size else {
            throw TraceFlaw.noRange
        }
        guard let range = IOVARange(first: IOVA(rawValue: iova), size: .bytes(size)) else {
            throw TraceFlaw.wideRange
        }
        // Exclusive, so the end of a range at the very top is zero.
        if let end = fields.end, end != iova &+ size {
            throw TraceFlaw.otherEnd
        }
        return range
    }

    @inline(__always)
    private static func refuseStray(_ fields: TraceFields) throws(TraceFlaw) {
        guard fields.stray == nil else {
            throw TraceFlaw.strayWord
        }
    }

    private static func device(
        _ fields: TraceFields, _ line: RawSpan
    ) throws(TraceFlaw) -> PCIAddress {
        try refuseStray(fields)
        guard let place = fields.device, let device = PCIAddress(line.text(place)) else {
            throw TraceFlaw.noDevice
        }
        return device
    }

    private static func member(
        _ fields: TraceFields, _ line: RawSpan
    ) throws(TraceFlaw) -> (PCIAddress, UInt64) {
        let device = try device(fields, line)
        guard let group = fields.group else {
            throw TraceFlaw.noGroup
        }
        return (device, group)
    }

    /// `IOMMU:arm-smmu-v3 0000:00:02.0 iova=0x… flags=0x…`.
    private static func fault(
        _ fields: TraceFields, _ line: RawSpan
    ) throws(TraceFlaw) -> TraceEvent {
        guard let iova = fields.iova else {
            throw TraceFlaw.noAddress
        }
        let device = (fields.device ?? fields.stray).map { line.text($0) } ?? ""
        return .pageFault(device: device, iova: IOVA(rawValue: iova))
    }
}
