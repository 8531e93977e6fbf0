// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Evidence
import Foundation
import Judgement
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

/// A run of real boards is doctored, so that its kernel says one thing and has done another.
@Suite("A kernel that says one thing and does another is found out")
struct SecondObserverTests {
    private static let boards = ["virt-its", "virt-v2m"]

    /// Judges a case again after a text of it was changed in each of these files.
    private func judged(
        _ board: String, _ name: String, _ files: [String], _ change: (String) -> String
    ) throws -> CaseJudgement {
        var found: CaseAgain?
        try RecordedRun.observedOn612.withCopy { path in
            let folder = path.appending(path: "boards/\(board)/cases/security/\(name)")
            for file in files {
                let text = folder.appending(file).string
                let was = try String(contentsOfFile: text, encoding: .utf8)
                let now = change(was)
                #expect(was != now, "\(file) has nothing to change")
                try now.write(toFile: text, atomically: true, encoding: .utf8)
            }
            found = try RunJudge(ArchivedRun(path)).judge(boards: [board], cases: [name])
                .first?.cases.first
        }
        return try #require(found).now
    }

    private func broken(_ judgement: CaseJudgement) -> Set<String> {
        Set(judgement.verdict.findings.map(\.invariant.text))
    }

    @Test("The recorded run itself agrees, and each invariant of the observer is held in it")
    func sound() throws {
        let again = try RunJudge(RecordedRun.observedOn612.archived()).judge()
        #expect(again.map(\.board.text).sorted() == Self.boards)
        for board in again {
            let cases = board.cases
            #expect(cases.allSatisfy { $0.change == nil && $0.now.verdict == .agrees })
            let held = cases.flatMap(\.now.results).filter {
                if case .held = $0.state { $0.invariant.text.hasPrefix("OBS") } else { false }
            }
            let numbers = board.board.text == "virt-its" ? 1...7 : 1...6
            #expect(Set(held.map(\.invariant)) == Set(numbers.map { .observer($0) }))
        }
    }

    @Test("It reports user memory at another page than the device gets to", arguments: boards)
    func anotherPage(_ board: String) throws {
        // Nobody else can know which page the kernel gave to the user.
        let judgement = try judged(board, "physical-doorbell", ["trace.txt"]) { trace in
            Self.shiftingPages(of: "iova=0x00000000010", in: trace)
        }
        #expect(broken(judgement) == ["OBS-03"])
    }

    @Test("It maps the doorbell elsewhere than it says", arguments: boards)
    func anotherDoorbell(_ board: String) throws {
        let judgement = try judged(board, "physical-doorbell", ["step-05.observer.txt"]) {
            $0.replacing("iova=0x8000040 translated=0x80", with: "iova=0x8000040 translated=0x90")
        }
        // The messages went elsewhere too.
        #expect(broken(judgement) == ["OBS-01", "OBS-04"])
    }

    @Test("It reports an unmap and leaves the page within reach", arguments: boards)
    func stillThere(_ board: String) throws {
        let judgement = try judged(board, "unmapped-memory", ["step-06.observer.txt"]) {
            $0
                + "1 smmuv3_translate_success mr sid=0x10 iova=0x2000000 translated=0x41000000 perm=0x3\n"
        }
        #expect(broken(judgement) == ["OBS-02"])
    }

    @Test("It reports an unmap of which the SMMU is never told", arguments: boards)
    func neverTold(_ board: String) throws {
        let judgement = try judged(board, "unmapped-memory", ["step-05.observer.txt"]) { text in
            text.split(separator: "\n").filter {
                !$0.contains(" smmuv3_s1_range_inval ") || $0.hasPrefix("points")
            }
            .map { $0 + "\n" }.joined()
        }
        #expect(broken(judgement) == ["OBS-05"])
    }

    @Test("It signals interrupts that no device has sent", arguments: boards)
    func inventedInterrupts(_ board: String) throws {
        let judgement = try judged(board, "physical-doorbell", ["step-05.observer.txt"]) { text in
            text.split(separator: "\n").map { line in
                line.hasPrefix("10 ") ? "9" + line.dropFirst(2) + "\n" : line + "\n"
            }
            .joined()
        }
        #expect(broken(judgement) == ["OBS-04"])
    }

    @Test("It logs a fault that the SMMU has not recorded", arguments: boards)
    func inventedFault(_ board: String) throws {
        let judgement = try judged(board, "unmapped-memory", ["step-06.observer.txt"]) {
            $0.replacing("1 smmuv3_record_event SMMU_EVT_F_TRANSLATION sid=0x10\n", with: "")
        }
        #expect(broken(judgement) == ["OBS-06"])
    }

    @Test("It arms an event of which the ITS knows nothing")
    func unknownEvent() throws {
        let judgement = try judged("virt-its", "physical-doorbell", ["step-03.observer.txt"]) {
            $0.replacing("DeviceID 0x10 EventID 0x0 ICID", with: "DeviceID 0x10 EventID 0x1 ICID")
        }
        #expect(broken(judgement) == ["OBS-07"])
    }

    @Test("What the observer has lost is no verdict of the kernel")
    func damaged() throws {
        let judgement = try judged("virt-its", "physical-doorbell", ["step-05.observer.txt"]) {
            $0 + "lost 12\n"
        }
        #expect(judgement.verdict == .agrees)
        let states = judgement.results.filter { $0.invariant == .observer(1) }.map(\.state)
        guard case .notObserved(let reason) = states.first else {
            Issue.record("it is \(states)")
            return
        }
        #expect(reason.contains("lost 12"))
    }

    /// Moves the pages of a map by one.
    private static func shiftingPages(of range: String, in trace: String) -> String {
        trace.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard line.contains(" map:"), line.contains(range),
                let place = line.firstRange(of: "paddr=0x")
            else { return String(line) }
            let digits = line[place.upperBound...].prefix(while: \.isHexDigit)
            let page = (UInt64(digits, radix: 16) ?? 0) + 0x1000
            let moved = Hexadecimal.digits(page, width: digits.count)
            return line[..<place.upperBound] + moved + line[digits.endIndex...]
        }
        .joined(separator: "\n")
    }
}
