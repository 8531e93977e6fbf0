// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension TroubleSign {
    /// Reads the accesses that an SMMU refused.
    ///
    /// SMMUv3: `event 0x10 received:`, or `event: F_TRANSLATION client: …` of later kernels
    /// (`arm-smmu-v3.c`, 6.12 and 6.15). SMMUv1 and v2: `arm-smmu.c`, 6.12.
    @Sendable static func smmuEvent(_ message: MessageBytes) -> TroubleSign? {
        guard message.holds("smmu") else { return nil }
        if let end = message.end(of: "event 0x"), message.holds(" received") {
            let digits = message.text(from: end, to: " ")
            return TroubleSign(.smmuEvent, "SMMU event \(name(ofEvent: digits))")
        }
        if let end = message.end(of: ": event: ") {
            return TroubleSign(.smmuEvent, "SMMU event \(message.text(from: end, to: " "))")
        }
        if let end = message.end(of: "Unhandled context fault: fsr=") {
            return TroubleSign(
                .smmuEvent, "SMMU context fault \(message.text(from: end, to: ",", " "))")
        }
        guard message.holds("Blocked unknown Stream ID") else { return nil }
        return TroubleSign(.smmuEvent, "SMMU unknown stream")
    }

    /// The names of the events (Arm IHI 0070, 7.3 "Event records").
    private static func name(ofEvent digits: String) -> String {
        Hexadecimal.value(digits).flatMap { eventNames[$0] } ?? "0x\(digits.prefix(2))"
    }

    private static let eventNames: [UInt64: String] = [
        0x02: "C_BAD_STREAMID", 0x03: "F_STE_FETCH", 0x04: "C_BAD_STE", 0x05: "F_BAD_ATS_TREQ",
        0x06: "F_STREAM_DISABLED", 0x07: "F_TRANSL_FORBIDDEN", 0x08: "C_BAD_SUBSTREAMID",
        0x09: "F_CD_FETCH", 0x0a: "C_BAD_CD", 0x0b: "F_WALK_EABT", 0x10: "F_TRANSLATION",
        0x11: "F_ADDR_SIZE", 0x12: "F_ACCESS", 0x13: "F_PERMISSION", 0x20: "F_TLB_CONFLICT",
        0x21: "F_CFG_CONFLICT", 0x24: "E_PAGE_REQUEST", 0x25: "F_VMS_FETCH",
    ]

    /// Reads how an SMMU fails itself (`arm-smmu-v3.c`, `arm-smmu.c`, 6.12).
    @Sendable static func smmuError(_ message: MessageBytes) -> TroubleSign? {
        guard message.holds("smmu"), let words = smmuErrors.first(where: message.holds) else {
            return nil
        }
        return TroubleSign(.smmuError, "SMMU: \(words)")
    }

    private static let smmuErrors: [StaticString] = [
        "CMDQ error", "CMDQ timeout", "CMD_SYNC timeout", "EVTQ overflow detected",
        "PRIQ overflow detected", "unexpected PRI request received",
        "unexpected global error reported", "Unexpected global fault",
        "device has entered Service Failure Mode", "GERROR MSI write aborted",
        "EVTQ MSI write aborted", "CMDQ MSI write aborted", "PRIQ MSI write aborted",
        "EVTQ write aborted", "PRIQ write aborted", "TLB sync timed out",
        "GBPA not responding to update",
    ]
}
