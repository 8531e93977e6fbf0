// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleSign {
    /// Reads how arm64 begins to die (`arch/arm64/mm/fault.c`, `arch/arm64/kernel/traps.c`, 6.12).
    @Sendable static func oops(_ message: MessageBytes) -> TroubleSign? {
        if let end = message.end(of: "Unable to handle kernel ") {
            let what = TroubleTitle.plain(message.text(from: end, to: " at virtual address"))
            return TroubleSign(
                .oops, "Unable to handle kernel \(what)", isTraced: true, awaitsMore: true)
        }
        if message.holds("Insufficient stack space to handle exception!") {
            return TroubleSign(.oops, "kernel stack overflow", isTraced: true)
        }
        if message.holds("SError Interrupt on CPU") {
            return TroubleSign(.oops, "SError", isTraced: true)
        }
        guard let end = message.end(of: "Internal error: ") else { return nil }
        // "Oops - Undefined instruction: 0000000002000000 [#1] SMP": the words, not the numbers.
        let what = TroubleTitle.plain(message.text(from: end, to: ": 0", " [#"))
        return TroubleSign(.oops, "Internal error: \(what)", isTraced: true, goesOn: true)
    }
}
