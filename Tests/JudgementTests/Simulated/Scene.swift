// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Testing
import Vocabulary

/// Steps on a simulated board: what the recorded boards cannot show.
///
/// The board's functions in their order are the devices a, b, d, g, h and i.
struct Scene: Sendable {
    let board: BoardDescription
    let generation: SimulatedGeneration
    let unsafe: Bool
    let steps: [Step]

    init(
        _ board: BoardDescription, _ generation: SimulatedGeneration, unsafe: Bool = true,
        _ steps: [Step]
    ) {
        self.board = board
        self.generation = generation
        self.unsafe = unsafe
        self.steps = steps
    }

    /// On a stock kernel of today.
    init(_ board: BoardDescription, unsafe: Bool = true, _ steps: [Step]) {
        self.init(board, .fixedWindowWithRanges, unsafe: unsafe, steps)
    }

    /// On a plain board besides.
    init(_ steps: [Step]) { self.init(.plainITS, steps) }

    /// Carries it out.
    func play() throws -> Story {
        let simulated = SimulatedBoard(board, generation)
        let names = ["a", "b", "d", "g", "h", "i"].compactMap { DeviceName($0) }
        let devices = Dictionary(uniqueKeysWithValues: zip(names, simulated.devices))
        let entry = SuiteCase(
            name: try #require(CaseName("scene")), summary: "a scene", devices: [:],
            unsafeInterruptsAllowed: unsafe, steps: steps)
        let record = simulated.run(
            entry, suite: try #require(SuiteName("scenes")), devices: devices)
        return try Story(
            record, BoardEvidence(texts: simulated.texts), Generation(rawValue: generation.rawValue)
        )
    }
}

extension Story {
    /// A record that is judged as kernels of a generation are.
    init(_ record: CaseRecord, _ evidence: BoardEvidence, _ generation: Generation?) throws {
        self.record = record
        board = try BoardFacts(evidence, groups: CaseEvidence(record).before.groups)
        memory = evidence.memory
        expectation = try Self.predict(
            record, board, overrides: ModelOverrides(generation: generation))
    }

    /// Adds a text to a step.
    mutating func add(_ source: RawText.Source, _ text: String, step: Int) {
        record.steps[step].texts.removeAll { $0.source == source }
        record.steps[step].texts.append(
            RawText(source: source, file: "step-\(step).added", text: text))
    }

    /// Changes the MSI registers that were read of a device, at offsets inside of the capability.
    mutating func editMSI(of device: String, step: Int, _ changes: [Int: UInt8]) throws {
        let address = try #require(DeviceName(device).flatMap { record.devices[$0] })
        for index in record.steps[step].texts.indices
        where record.steps[step].texts[index].source == .configurationSpace(address) {
            let space = ConfigurationBytes.parse(record.steps[step].texts[index]).space
            var bytes = try #require(space).bytes
            var offset = Int(bytes[0x34])
            while bytes[offset] != 5, bytes[offset + 1] != 0 { offset = Int(bytes[offset + 1]) }
            for (place, value) in changes { bytes[offset + place] = value }
            record.steps[step].texts[index].text = Self.dump(bytes)
        }
    }

    private static func dump(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 16).map { row in
            Hexadecimal.digits(UInt64(row), width: 2) + ": "
                + bytes[row..<row + 16].map { Hexadecimal.digits(UInt64($0), width: 2) }
                .joined(separator: " ") + "\n"
        }.joined()
    }

    /// Changes the first entry of every MSI-X table that was read after a step.
    mutating func editMSIX(step: Int, address: String = "08001040", high: String = "00000000") {
        rewrite(.msix, step: step) { text in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let words = lines[0].split(separator: " ")
            guard words.count == 4 else { return text }
            return
                ([[Substring(address), Substring(high)] + words[2...]]
                .map { $0.joined(separator: " ") } + lines.dropFirst().map { String($0) })
                .joined(separator: "\n")
        }
    }

    /// Drops the trace lines of a kind that hold a text, the first so many of them.
    mutating func cutTrace(_ kind: String, _ text: String, keeping kept: Int = 0) {
        var seen = 0
        editTrace { line in
            guard line.contains(": \(kind):"), line.contains(text) else { return [line] }
            seen += 1
            return seen <= kept ? [line] : []
        }
    }

    mutating func dropMessages() {
        drop(.configuration)
        drop(.msix)
    }
}
