// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Testing
import Vocabulary

@Suite("Deadlines")
struct DeadlineTests {
    @Test("work that ends in time is not disturbed")
    func inTime() async throws {
        let value = try await withDeadline(.after(.seconds(10), for: "an answer")) { 42 }
        #expect(value == 42)
    }

    @Test("late work is cancelled, and the error is never a cancellation")
    func late() async throws {
        let start = ContinuousClock.now
        let error = await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.after(.milliseconds(50), for: "the boot", blames: .kernel)) {
                try await Task.sleep(for: .seconds(600))
            }
        }
        #expect(ContinuousClock.now - start < .seconds(50))
        #expect(error?.kind == .kernel)
        #expect(
            error?.description
                == "waiting could not see the boot: the limit of 50 ms was reached")
    }

    @Test("the last words of the interrupted work are kept")
    func lastWords() async {
        struct Interrupted: Error {}
        let error = await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.after(.milliseconds(20), for: "it")) {
                try? await Task.sleep(for: .seconds(600))
                throw Interrupted()
            }
        }
        #expect(error?.lastWords == "Interrupted()")
    }

    @Test("a value that arrives after the deadline is still handed over")
    func lateValue() async throws {
        let value = try await withDeadline(.after(.milliseconds(20), for: "it")) {
            try? await Task.sleep(for: .seconds(600))
            return 7
        }
        #expect(value == 7)
    }

    @Test("a cancelled caller sees a cancellation, not a deadline")
    func cancelled() async {
        let task = Task {
            try await withDeadline(.after(.seconds(60), for: "it")) {
                try await Task.sleep(for: .seconds(600))
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a deadline that has passed lets nothing start")
    func alreadyPassed() async {
        await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.after(.zero, for: "it")) { Issue.record("it ran") }
        }
    }

    @Test("a part of a wait never outlives the whole")
    func part() {
        let whole = Deadline.after(.seconds(1), for: "all", blames: .kernel)
        let part = whole.part("one", atMost: .seconds(50))
        #expect(part.remaining <= .seconds(1))
        #expect(part.blames == .kernel)
    }

    @Test(
        "durations are written as people say them",
        arguments: [
            (Duration.milliseconds(12), "12 ms"), (.milliseconds(500), "0.5 s"),
            (.seconds(90), "90 s"), (.milliseconds(1250), "1.3 s"), (.zero, "0 ms"),
        ])
    func durations(duration: Duration, text: String) {
        #expect(duration.inSeconds == text)
    }
}
