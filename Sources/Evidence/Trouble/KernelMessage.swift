// SPDX-License-Identifier: GPL-3.0-or-later

/// A message of a kernel, without the stamps that printk puts before it.
struct KernelMessage {
    /// Who spoke, `T141` or `C1`, where the kernel is made to say so (`CONFIG_PRINTK_CALLER`).
    let caller: String?
    let text: String

    /// Takes a line apart at its stamps: one that lacks its line end has the next message behind it.
    static func all(in line: [UInt8]) -> [KernelMessage] {
        var messages: [KernelMessage] = []
        var start = 0
        var caller: String?
        for place in line.indices where line[place] == UInt8(ascii: "[") {
            guard place >= start, let stamp = Stamp(line, at: place) else { continue }
            add(line[start..<place], caller, to: &messages)
            (start, caller) = (stamp.end, stamp.caller)
        }
        add(line[start...], caller, to: &messages)
        return messages
    }

    private static func add(
        _ bytes: ArraySlice<UInt8>, _ caller: String?, to messages: inout [KernelMessage]
    ) {
        guard bytes.contains(where: { $0 != .space }) else { return }
        messages.append(KernelMessage(caller: caller, text: String(decoding: bytes, as: UTF8.self)))
    }
}

/// What printk puts before a message: `[    6.795279] `, and `[  T141] ` behind it or in it.
private struct Stamp {
    let caller: String?
    /// Behind the space that follows.
    let end: Int

    init?(_ line: [UInt8], at start: Int) {
        guard let time = Self.bracket(line, start), Self.isTime(line[time]) else { return nil }
        let behind = Self.skipSpace(line, time.upperBound + 1)
        if let word = Self.bracket(line, behind), let caller = Self.caller(line[word]) {
            self.caller = caller
            end = Self.skipSpace(line, word.upperBound + 1)
        } else {
            caller = nil
            end = behind
        }
    }

    private static func skipSpace(_ line: [UInt8], _ place: Int) -> Int {
        place < line.count && line[place] == .space ? place + 1 : place
    }

    /// What stands between brackets, if little does.
    private static func bracket(_ line: [UInt8], _ start: Int) -> Range<Int>? {
        guard start < line.count, line[start] == UInt8(ascii: "[") else { return nil }
        let window = line[(start + 1)..<min(line.count, start + 24)]
        return window.firstIndex(of: UInt8(ascii: "]")).map { (start + 1)..<$0 }
    }

    /// Seconds, a point, and six digits.
    private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        let digits = text.drop { $0 == .space }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].count == 6
            && parts.allSatisfy { $0.allSatisfy { $0.decimalDigit != nil } }
    }

    /// `T` and the number of a task, or `C` and that of a CPU.
    private static func caller(_ text: ArraySlice<UInt8>) -> String? {
        let word = text.drop { $0 == .space }
        guard let first = word.first, first == UInt8(ascii: "T") || first == UInt8(ascii: "C"),
            word.count > 1, word.dropFirst().allSatisfy({ $0.decimalDigit != nil })
        else { return nil }
        return String(decoding: word, as: UTF8.self)
    }
}
