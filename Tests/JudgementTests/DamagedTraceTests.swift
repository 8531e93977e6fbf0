// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Testing
import Vocabulary

/// Damaged evidence never accuses a kernel that did nothing wrong.
@Suite struct DamagedTraceTests {
    /// One of each doorbell and kernel, where a test judges often.
    private static let someBoards: [RecordedBoard] = [.itsOn61, .v2mOn612]

    /// Judges recorded evidence with another trace.
    private func expectNoAccusation(
        _ story: Story, _ trace: String, _ what: @autoclosure () -> String,
        mayAgree: Bool = false
    ) {
        var story = story
        story.rewrite(.trace) { _ in trace }
        switch story.judgement().verdict {
        case .differs(let findings): Issue.record("\(what()): \(findings)")
        case .agrees where !mayAgree: Issue.record("\(what()): agrees")
        case .agrees, .inconclusive: break
        }
    }

    private func lines(of story: Story) throws -> [String] {
        let text = try #require(story.record.texts.first { $0.source == .trace }).text
        return text.split(separator: "\n").map { $0 + "\n" }
    }

    @Test(arguments: RecordedBoard.allCases, ["smoke", "deny"])
    func noCutBetweenLinesDiffers(_ board: RecordedBoard, _ name: String) throws {
        let story = try Story(board, name)
        let lines = try lines(of: story)
        for count in lines.indices {
            expectNoAccusation(story, lines[..<count].joined(), "the first \(count) lines")
            let rest = lines[(count + 1)...].joined()
            expectNoAccusation(
                story, rest, "all but the first \(count + 1) lines",
                mayAgree: rest.contains("entries-in-buffer"))
        }
    }

    @Test(arguments: someBoards)
    func noMissingLineDiffers(_ board: RecordedBoard) throws {
        let story = try Story(board, "smoke")
        let lines = try lines(of: story)
        for place in lines.indices where !lines[place].hasPrefix("#") {
            expectNoAccusation(
                story, (lines[..<place] + lines[(place + 1)...]).joined(), "no line \(place + 1)")
        }
    }

    @Test(arguments: someBoards, [UInt64.random(in: .min ... .max)])
    func noCutInsideALineDiffers(_ board: RecordedBoard, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let story = try Story(board, "smoke")
        let bytes = Array(try lines(of: story).joined().utf8)
        for _ in 0..<60 {
            let cut = Int.random(in: bytes.indices, using: &random)
            expectNoAccusation(
                story, String(decoding: bytes[..<cut], as: UTF8.self), "cut at byte \(cut)")
        }
        // The last line's every byte: a size that lost digits is still a size.
        for cut in bytes.count - 150..<bytes.count {
            expectNoAccusation(
                story, String(decoding: bytes[..<cut], as: UTF8.self), "cut at byte \(cut)")
        }
    }

    @Test(arguments: someBoards, [UInt64.random(in: .min ... .max)])
    func noInterleavingDiffers(_ board: RecordedBoard, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let story = try Story(board, "smoke")
        let whole = try lines(of: story)
        for _ in 0..<60 {
            var lines = whole
            let place = Int.random(in: 12..<lines.count - 1, using: &random)
            let line = lines[place]
            let cut = line.index(
                line.startIndex, offsetBy: Int.random(in: 1..<line.count, using: &random))
            // The next line stands in the middle of this one.
            lines[place] = line[..<cut] + lines[place + 1] + line[cut...]
            lines.remove(at: place + 1)
            expectNoAccusation(story, lines.joined(), "line \(place + 1): \(lines[place])")
        }
    }

    @Test(arguments: someBoards, [UInt64.random(in: .min ... .max)])
    func noLinesInAnotherOrderDiffer(_ board: RecordedBoard, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let story = try Story(board, "smoke")
        let whole = try lines(of: story)
        for _ in 0..<60 {
            var lines = whole
            let first = Int.random(in: 12..<lines.count, using: &random)
            let second = Int.random(in: 12..<lines.count, using: &random)
            lines.swapAt(first, second)
            // Lines of one microsecond may stand in either order.
            expectNoAccusation(
                story, lines.joined(), "lines \(first + 1) and \(second + 1)", mayAgree: true)
        }
    }

    @Test(arguments: someBoards, [UInt64.random(in: .min ... .max)])
    func noGarbageDiffers(_ board: RecordedBoard, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let story = try Story(board, "smoke")
        let bytes = Array(try lines(of: story).joined().utf8)
        for _ in 0..<60 {
            let place = Int.random(in: bytes.indices, using: &random)
            let garbage = (0..<30).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let text = bytes[..<place] + garbage + bytes[place...]
            expectNoAccusation(
                story, String(decoding: text, as: UTF8.self), "garbage at byte \(place)",
                mayAgree: true)
        }
    }

    /// Each text of the case cut once between lines and once inside one.
    ///
    /// A group without any reserved region is something that a kernel can show: where all lines of
    /// such a file are missing, nothing tells it from one that was read whole.
    @Test(arguments: someBoards, [UInt64.random(in: .min ... .max)])
    func noCutOfAnyTextDiffers(_ board: RecordedBoard, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let story = try Story(board, "smoke")
        let steps = story.record.steps.indices.flatMap { step in
            story.record.steps[step].texts.indices.map { (step: Int?.some(step), text: $0) }
        }
        let places = story.record.texts.indices.map { (step: Int?.none, text: $0) } + steps
        for (step, index) in places {
            let text = step.map { story.record.steps[$0].texts[index] } ?? story.record.texts[index]
            let bytes = Array(text.text.utf8)
            guard bytes.count > 2 else { continue }
            var cuts = [Int.random(in: 1..<bytes.count, using: &random)]
            let lines = bytes.indices.filter { $0 > 0 && bytes[$0 - 1] == 10 }
            if let line = lines.randomElement(using: &random) { cuts.append(line) }
            for cut in cuts {
                var story = story
                let part = String(decoding: bytes[..<cut], as: UTF8.self)
                if let step {
                    story.record.steps[step].texts[index].text = part
                } else {
                    story.record.texts[index].text = part
                }
                if case .differs(let findings) = story.judgement().verdict {
                    Issue.record("\(text.file) of step \(step ?? -1) at \(cut): \(findings)")
                }
            }
        }
    }

    @Test(arguments: RecordedBoard.allCases)
    func anEventBetweenTwoStepsIsNobodys(_ board: RecordedBoard) throws {
        var story = try Story(board, "smoke")
        // The next step's first call begins within the rounding of an event of this one.
        let event = try #require(
            TraceText.parse(try board.text(.trace, "smoke-trace.txt")).values.last {
                if case .map = $0.event { true } else { false }
            })
        let step = try #require(
            story.record.steps.firstIndex { step in
                step.calls.contains { $0.began <= event.time && event.time <= $0.ended }
            })
        let call = try #require(
            story.record.steps[step].calls.lastIndex { $0.began <= event.time })
        let next = try #require(
            story.record.steps[(step + 1)...].firstIndex { !$0.calls.isEmpty })
        let end = event.time.rawValue + 100
        story.record.steps[step].calls[call].ended = BoardInstant(rawValue: end)
        story.record.steps[next].calls[0].began = BoardInstant(rawValue: end + 50)
        guard case .inconclusive(let fault) = story.judgement().verdict else {
            Issue.record("the verdict is \(story.judgement().verdict)")
            return
        }
        #expect(fault.kind == .bench && fault.account.cause.contains(event.line.text))
    }

    @Test(arguments: RecordedBoard.allCases)
    func theEventsOfAnotherAgentAreNotTheCases(_ board: RecordedBoard) throws {
        var story = try Story(board, "smoke")
        let own = "-\(story.record.agentProcess) "
        let lines = try lines(of: story).filter { !$0.hasPrefix("#") }
        // A second agent does the same in a container of its own, a line behind each of ours.
        let both = lines.flatMap { [$0, $0.replacing(own, with: "-9999 ")] }
        story.rewrite(.trace) { _ in Story.trace(both.map { String($0.dropLast()) }) }
        #expect(story.judgement().verdict == .agrees)
    }

    @Test(arguments: RecordedBoard.allCases)
    func countersOfLossHideTheTrace(_ board: RecordedBoard) throws {
        var story = try Story(board, "smoke")
        story.record.texts.append(
            RawText(source: .traceStatistics, file: "cpu1", text: "overrun: 7\n"))
        let judgement = story.judgement()
        guard case .inconclusive(let fault) = judgement.verdict else {
            Issue.record("the verdict is \(judgement.verdict)")
            return
        }
        #expect(fault.kind == .bench)
        guard case .notObserved = story.state(of: .msi(14)) else {
            Issue.record("a trace with losses was believed")
            return
        }
    }

    @Test(arguments: RecordedBoard.allCases)
    func aClockThatGoesBackHidesTheTrace(_ board: RecordedBoard) throws {
        var story = try Story(board, "smoke")
        var lines = try lines(of: story)
        lines.swapAt(14, lines.count - 1)
        story.rewrite(.trace) { _ in lines.joined() }
        guard case .inconclusive(let fault) = story.judgement().verdict else {
            Issue.record("the verdict is \(story.judgement().verdict)")
            return
        }
        #expect(fault.account.cause.contains("no time before the line above's"))
    }
}

/// Numbers that a seed brings back: a failing run names its seed as the test's argument.
private struct SeededRandom: RandomNumberGenerator {
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
