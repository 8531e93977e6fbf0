// SPDX-License-Identifier: GPL-3.0-or-later

/// Tells what a console's client says by itself from what it brings of the board.
///
/// Clients write both on standard output: without this, their banners would pass for the board's
/// words. Pure: it is given bytes in whatever pieces they come. A line that may still become one of
/// the client's own is held back until it is known.
package struct ClientSpeech: Sendable {
    /// What some bytes were.
    package enum Piece: Sendable, Hashable {
        case board([UInt8])
        /// A line of the client's, without its line end.
        case client(String)
    }

    /// A longer line is none of a client's.
    private static let longest = 200

    /// How the client's own lines begin; all of them end with a bracket.
    private let beginnings: [[UInt8]]
    /// The beginning of a line that may be the client's; nothing within a line of the board.
    private var held: [UInt8]? = []

    private init(_ beginnings: [String]) { self.beginnings = beginnings.map { Array($0.utf8) } }

    /// ipmitool 1.8.19, `lib/ipmi_sol.c`.
    package static let ipmitool = ClientSpeech(["[SOL Session operational.  Use "])

    /// The client and the server of conserver 8.2.7, `console.c` and `group.c`.
    package static let conserver = ClientSpeech([
        "[Enter `", "[connected]", "[attached", "[spy", "[up]", "[no, ", "[bumped", "[-- ",
        "[read-only --", "[console is read-only]", "[line to console is down]", "[line down by ",
        "[no log file on this console]", "[break sent by ", "[forced to `spy' mode",
        "[Conserver reconfigured", "[tcsendbreak",
    ])

    /// Takes bytes from the client.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> [Piece] {
        var (pieces, plain): ([Piece], [UInt8]) = ([], [])
        for byte in bytes {
            guard let saying = take(byte, &plain) else { continue }
            if !plain.isEmpty { pieces.append(.board(plain)) }
            pieces.append(.client(saying))
            plain = []
        }
        return plain.isEmpty ? pieces : pieces + [.board(plain)]
    }

    /// Ends: what is held back was the board's.
    package mutating func finish() -> [Piece] {
        defer { held = [] }
        return held.map { $0.isEmpty ? [] : [.board($0)] } ?? []
    }

    /// Takes a byte, and gives the client's line that it ends.
    private mutating func take(_ byte: UInt8, _ plain: inout [UInt8]) -> String? {
        let isEnd = byte == UInt8(ascii: "\n")
        guard var line = held else {
            plain.append(byte)
            held = isEnd ? [] : nil
            return nil
        }
        line.append(byte)
        held = isEnd ? [] : line
        if isEnd, let text = saying(in: line) { return text }
        if isEnd || !mayBecome(line) {
            plain += line
            held = isEnd ? [] : nil
        }
        return nil
    }

    private func mayBecome(_ line: [UInt8]) -> Bool {
        line.count <= Self.longest
            && beginnings.contains { $0.starts(with: line) || line.starts(with: $0) }
    }

    private func saying(in line: [UInt8]) -> String? {
        let text = line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        guard text.last == UInt8(ascii: "]"), beginnings.contains(where: text.starts) else {
            return nil
        }
        return String(decoding: text, as: UTF8.self)
    }
}
