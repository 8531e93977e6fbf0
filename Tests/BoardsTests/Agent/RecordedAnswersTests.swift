// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Testing
import Vocabulary

/// Two lives of an agent beside each other: whether one did what the other did.
@Suite struct RecordedAnswersTests {
    private func frame(_ request: UInt32) -> Frame {
        Frame(kind: .request(.releaseAll), request: RequestID(rawValue: request), payload: [])
    }

    private func failed(_ request: UInt32) -> [UInt8] {
        frame(request).answer(
            Reply<Done>(failed: .close, errno: .busy, calls: []), kind: .releaseAll)
    }

    private func refused(_ request: UInt32) -> [UInt8] {
        Frame(
            kind: .refused, request: RequestID(rawValue: request),
            payload: RefusedRequest(.noSuchHandle(number: 3)).payload
        ).bytes
    }

    @Test func equalLivesHaveNoDifferencesAndMoreRequestsDoNotCount() throws {
        let run = try RecordedAnswers(frame(1).done(.releaseAll) + failed(2) + refused(3))
        let replay = try RecordedAnswers(
            frame(1).done(.releaseAll) + failed(2) + refused(3) + frame(4).done(.releaseAll))
        #expect(run.differences(from: replay) == [])
        #expect(run.endings.count == 3)
    }

    @Test func anotherErrnoARefusalAndSilenceAreNamed() throws {
        let run = try RecordedAnswers(
            frame(1).done(.releaseAll) + frame(2).done(.releaseAll) + failed(3))
        let replay = try RecordedAnswers(failed(1) + refused(2))
        #expect(
            run.differences(from: replay) == [
                "request 1: releaseAll OK from no call, then releaseAll EBUSY from close",
                "request 2: releaseAll OK from no call, "
                    + "then refused, nothing open at the agent has handle 3",
                "request 3: releaseAll EBUSY from close, then nothing",
            ])
    }

    @Test func whatIsNoSequenceOfFramesIsAnError() {
        #expect(throws: FrameError.self) { try RecordedAnswers(Array("Welcome!\n".utf8)) }
    }
}
