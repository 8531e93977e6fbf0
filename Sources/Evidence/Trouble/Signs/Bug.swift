// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleSign {
    /// Reads `kernel BUG at …` (`lib/bug.c`, 6.12) and what else begins with `BUG: `.
    @Sendable static func bug(_ message: MessageBytes) -> TroubleSign? {
        if message.end(ofWord: "kernel BUG at ") != nil {
            return TroubleSign(.bug, "kernel BUG", isTraced: true, awaitsMore: true)
        }
        guard let end = message.end(ofWord: "BUG: ") else { return nil }
        return sanitizer(message, end)
            ?? TroubleSign(
                .bug,
                "BUG: " + TroubleTitle.plain(message.text(from: end, to: ": ", " in process ")),
                isTraced: true)
    }

    /// Reads `KASAN: use-after-free in name+0x12/0x34` (`mm/kasan/report.c`, 6.12), KFENCE, KCSAN.
    private static func sanitizer(_ message: MessageBytes, _ start: Int) -> TroubleSign? {
        guard message.bytes[start...].first == UInt8(ascii: "K"),
            let colon = message.end(of: ": ", from: start),
            let function = message.end(of: " in ", from: colon)
        else { return nil }
        return TroubleSign(
            .bug, TroubleTitle.plain(message.text(from: start, to: " in ")),
            function: FunctionName.read(message.text(from: function)), isTraced: true)
    }
}
