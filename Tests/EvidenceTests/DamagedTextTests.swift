// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

/// Whatever a board sends, parsers answer: with values, with damage, never with a crash.
@Suite struct DamagedTextTests {
    private static let device = PCIAddress(bus: 0, device: 2, function: 0)

    private static func sources() throws -> [(RawText.Source, String)] {
        let device = try #require(device)
        return [
            (.trace, "deny-trace.txt"), (.traceStatistics, "stats.txt"),
            (.interrupts, "interrupts.txt"), (.reservedRegions(device), "reserved-00.02.0.txt"),
            (.groupMembers(device), "members-01.00.0.txt"),
            (.groupType(device), "type-00.02.0.txt"),
            (.kernelLog, "fault-log.txt"), (.boardFacts, "board-facts.txt"),
            (.ioMemory, "iomem.txt"), (.bootLog, "boot-log.txt"),
            (.interruptControllers, "board-facts.txt"), (.ioRemapping, "iomem.txt"),
            (.configurationSpace(device), "stats.txt"),
            (.msixTable(device), "stats.txt"), (.programOutput, "boot-log.txt"),
        ]
    }

    /// Reads a text both ways, as a board's and as a case's.
    private func digest(_ text: RawText) throws -> Int {
        let board = BoardEvidence(texts: [text])
        let name = try #require(BoardName("b"))
        let record = CaseRecord(
            board: name, suite: try #require(SuiteName("s")), name: try #require(CaseName("c")),
            devices: [:], unsafeInterruptsAllowed: false, agentProcess: 1, texts: [text])
        return board.damage.count + CaseEvidence(record).damage.count
    }

    @Test func everyTruncationIsAnswered() throws {
        for (source, file) in try Self.sources() {
            let text = try RecordedBoard.v2mOn61.text(source, file)
            let bytes = Array(text.text.utf8.prefix(600))
            for cut in 0...bytes.count {
                let part = String(decoding: bytes[..<cut], as: UTF8.self)
                _ = try digest(RawText(source: source, file: file, text: part))
            }
        }
    }

    @Test(arguments: [UInt64.random(in: .min ... .max)])
    func garbageIsAnswered(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for (source, file) in try Self.sources() {
            let bytes = Array(try RecordedBoard.v2mOn61.text(source, file).text.utf8.prefix(3000))
            for _ in 0..<40 {
                var changed = bytes
                for _ in 0..<20 {
                    let place = Int.random(in: changed.indices, using: &random)
                    changed[place] = UInt8.random(in: .min ... .max, using: &random)
                }
                let text = String(decoding: changed, as: UTF8.self)
                _ = try digest(RawText(source: source, file: file, text: text))
            }
        }
    }

    @Test(arguments: [UInt64.random(in: .min ... .max)])
    func aDamagedDeviceTreeIsAnswered(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let text = try RecordedBoard.v2mOn61.text(.deviceTree, "device-tree.txt").text
        let digits = Array("0123456789abcdef".utf8)
        for _ in 0..<60 {
            var bytes = Array(text.utf8)
            for _ in 0..<10 {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] = digits.randomElement(using: &random) ?? 0x30
            }
            let changed = String(decoding: bytes, as: UTF8.self)
            _ = BoardEvidence(texts: [
                RawText(source: .deviceTree, file: "tree", text: changed)
            ])
        }
    }
}

/// Numbers that a seed brings back: a failing run names its seed as the test's argument.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
