// SPDX-License-Identifier: GPL-3.0-or-later

/// The lines of a console log that are doorbell's own: `#` stands where the board's have a bar.
enum ConsoleNotes {
    /// Gives the log with those lines empty, so that the others keep their numbers.
    static func blanked(in log: [UInt8]) -> [UInt8] {
        var (rest, kept) = (log[...], [UInt8]())
        kept.reserveCapacity(log.count)
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            let line = rest[..<end]
            if isNote(line) { kept.append(UInt8(ascii: "\n")) } else { kept += line }
            rest = rest[end...]
        }
        return kept
    }

    /// A stamp is the seconds since power-on, a moment, and the sign; the board writes none of it.
    private static func isNote(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.prefix(64).split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard words.count >= 3, words[2].elementsEqual("#".utf8) else { return false }
        return words[0].allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
            && words[1].last == UInt8(ascii: "Z")
    }
}
