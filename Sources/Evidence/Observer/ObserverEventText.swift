// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension ObserverEvent {
    /// Reads what stands behind the name of a trace point; nothing where a field is missing or too
    /// large.
    init?(name: String, fields: Substring) {
        let fields = ObserverFields(fields)
        let known: ObserverEvent? =
            switch name.split(separator: "_").first {
            case "smmuv3": Self.smmu(name, fields)
            case "gicv3": Self.its(name, fields)
            case "gic": Self.line(fields)
            case "pci": .sent(by: "nvme")
            case "e1000e": .sent(by: "e1000e")
            default: .other
            }
        guard let known else { return nil }
        self = known
    }

    private static func smmu(_ name: String, _ fields: ObserverFields) -> ObserverEvent? {
        switch name {
        case "smmuv3_translate_success": translation(fields, to: "translated=")
        // It passes as it is: the address is the physical one.
        case "smmuv3_translate_bypass", "smmuv3_translate_disable":
            translation(fields, from: "iova:", to: "iova:")
        case "smmuv3_translate_abort":
            if let stream = fields.number("sid="), let address = fields.long("iova:") {
                .refused(stream: stream, address: IOVA(rawValue: address))
            } else {
                nil
            }
        case "smmuv3_record_event":
            fields.number("sid=").flatMap { stream in
                fields.first.map { .recorded(event: $0, stream: stream) }
            }
        case "smmuv3_cmdq_cfgi_ste":
            fields.number("streamid= ").map { .configured(streams: $0...$0) }
        case "smmuv3_cmdq_cfgi_ste_range": configured(fields)
        default: forgotten(name, fields)
        }
    }

    private static func translation(
        _ fields: ObserverFields, from: String = "iova=", to: String
    ) -> ObserverEvent? {
        guard let stream = fields.number("sid="), let iova = fields.long(from),
            let target = fields.long(to)
        else { return nil }
        return .translated(
            stream: stream, from: IOVA(rawValue: iova), to: PhysicalAddress(rawValue: target))
    }

    private static func configured(_ fields: ObserverFields) -> ObserverEvent? {
        guard let start = fields.number("start="), let end = fields.number("end="), start <= end
        else { return nil }
        return .configured(streams: start...end)
    }

    private static func forgotten(_ name: String, _ fields: ObserverFields) -> ObserverEvent? {
        switch name {
        case "smmuv3_cmdq_tlbi_nh": return .forgot(space: nil, addresses: nil)
        case "smmuv3_cmdq_tlbi_nh_asid":
            return fields.number("asid=").map { .forgot(space: $0, addresses: nil) }
        case "smmuv3_s1_range_inval":
            guard let space = fields.number("asid="), let range = invalidated(fields) else {
                return nil
            }
            return .forgot(space: space, addresses: range)
        default: return .other
        }
    }

    /// A translation granule of 1, 2 or 3 means pages of 4, 16 or 64 KiB; one of 0 means that the
    /// command names one page and not its size (`SMMUv3`, 4.4.1): at least 4 KiB.
    private static func invalidated(_ fields: ObserverFields) -> IOVARange? {
        guard let first = fields.long("addr="), let granule = fields.number("tg="), granule < 4,
            let pages = fields.long("num_pages="), pages > 0
        else { return nil }
        let page = UInt64(4096) << (2 * UInt64(max(granule, 1) - 1))
        let (size, overflow) = pages.multipliedReportingOverflow(by: page)
        guard !overflow else { return nil }
        return IOVARange(first: IOVA(rawValue: first), size: .bytes(size))
    }
}
