// SPDX-License-Identifier: GPL-3.0-or-later

import Testing
import VirtualBoards

@Suite("What QEMU's trace points say")
struct TraceTallyTests {
    private static let translation = "smmuv3_translate_success mr sid=0x10 iova=0x8000040"
    private static let message = "gicv3_its_translation_write data 0x0"
    private static let command = "smmuv3_cmdq_cfgi_ste streamid= 0x10"

    private func tally(_ lines: [String], pieces: Int = .max) -> String {
        var tally = TraceTally()
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        for start in stride(from: 0, to: bytes.count, by: min(pieces, bytes.count)) {
            tally.take(bytes[start..<min(start + min(pieces, bytes.count), bytes.count)])
        }
        return tally.cut()
    }

    @Test(
        "is counted between what is rare, however it is split", arguments: [1, 2, 3, 7, 64, 1000])
    func counts(pieces: Int) {
        let twice = [Self.translation, Self.message, Self.translation, Self.message]
        let told = tally(twice + [Self.command] + twice.prefix(1), pieces: pieces)
        #expect(
            told == """
                2 \(Self.translation)
                2 \(Self.message)
                1 \(Self.command)
                1 \(Self.translation)

                """)
    }

    @Test("keeps every line of a rare trace point in its place")
    func rareLines() {
        let told = tally([Self.command, Self.command, Self.message, Self.command])
        #expect(told.split(separator: "\n").map { $0.prefix(1) } == ["1", "1", "1", "1"])
    }

    @Test("begins anew with each cut, a line that is not whole yet excepted")
    func cuts() {
        var tally = TraceTally()
        tally.take(Array((Self.command + "\n" + Self.command.dropLast(4)).utf8))
        #expect(tally.cut() == "1 \(Self.command)\n")
        #expect(tally.cut().isEmpty)
        tally.take(Array((Self.command.suffix(4) + "\n").utf8))
        #expect(tally.cut() == "1 \(Self.command)\n")
    }

    @Test("takes no more room for many messages than for one")
    func storm() {
        var tally = TraceTally()
        let pair = Array("\(Self.translation)\n\(Self.message)\n".utf8)
        let thousand = (0..<1000).flatMap { _ in pair }
        for _ in 0..<20 { tally.take(thousand) }
        #expect(tally.cut() == "20000 \(Self.translation)\n20000 \(Self.message)\n")
    }

    @Test("says what it could not keep")
    func losses() {
        var tally = TraceTally()
        tally.take([UInt8](repeating: UInt8(ascii: "x"), count: 100_000) + Array("\nz\n".utf8))
        #expect(tally.cut() == "1 z\nlost 1\n")
        let long = [UInt8](repeating: UInt8(ascii: "y"), count: 4000) + [UInt8(ascii: "\n")]
        for _ in 0..<5000 { tally.take(long) }
        let told = tally.cut()
        #expect(told.utf8.count < TraceTally.largest + 5000)
        #expect(told.hasSuffix("\nlost \(5000 - told.split(separator: "\n").count + 1)\n"))
    }
}
