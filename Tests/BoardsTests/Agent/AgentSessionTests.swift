// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Scheduling
import Testing
import Vocabulary

/// What a session makes of an agent that answers, and of one that does not.
@Suite struct AgentSessionTests {
    private var soon: Deadline { .after(.seconds(30), for: "the answer") }

    @Test func anErrnoIsAnAnswer() async throws {
        let session = session { frame in
            let reply = Reply<Done>(failed: .setIOMMU, errno: .notPermitted, calls: [])
            return frame.answer(reply, kind: .setIOMMU)
        }
        let request = SetIOMMU(container: ContainerHandle(rawValue: 1))
        let reply = try await session.perform(request, deadline: soon)
        #expect(reply.errno == .notPermitted && reply.decidedBy == .setIOMMU)
    }

    @Test func anAnswerMayComeInSingleBytes() async throws {
        let transport = ScriptedTransport { Array($0.done(.releaseAll).prefix(1)) }
        let whole = Frame(kind: .request(.releaseAll), request: RequestID(rawValue: 1), payload: [])
        transport.give(whole.done(.releaseAll).dropFirst().map { [$0] })
        let session = AgentSession(board: "board a", transport: transport)
        #expect(try await session.perform(ReleaseAll(), deadline: soon).errno == .none)
    }

    @Test func anAgentOfAnotherVersionIsRefusedWithBothVersions() async throws {
        let other = ProtocolVersion(rawValue: 9)
        let session = session { frame in
            let refused = RefusedRequest(.version(agent: other, controller: .current))
            return Frame(
                version: other, kind: .refused, request: frame.request, payload: refused.payload
            ).bytes
        }
        let text = await sentence { _ = try await session.perform(Hello(), deadline: soon) }
        #expect(
            text.hasPrefix(
                "the agent on board a could not answer 'hello': it speaks protocol version 9, "
                    + "this controller \(ProtocolVersion.current)"))
    }

    @Test func aDeadAgentIsQuotedAndStaysDead() async throws {
        let words = AgentLastWords(standardError: "out of memory\n", ending: "it exited with 1")
        let transport = ScriptedTransport(words: words) { _ in [] }
        let session = AgentSession(board: "board a", transport: transport)
        let first = await sentence { _ = try await session.perform(Hello(), deadline: soon) }
        #expect(first.contains("it exited with 1, saying: out of memory"))
        let second = await sentence { _ = try await session.perform(ReleaseAll(), deadline: soon) }
        #expect(second.contains("'releaseAll'") && second.contains("it exited with 1"))
        #expect(transport.heard.count == 1, "nothing more is sent to a dead agent")
    }

    @Test func garbageIsKeptForTheArchive() async throws {
        let garbage = Array("Welcome to board a!\n".utf8)
        let session = session { _ in garbage }
        await #expect {
            _ = try await session.perform(Hello(), deadline: soon)
        } throws: { error in
            guard case .garbage(let reason, let bytes)? = (error as? AgentError)?.cause else {
                return false
            }
            return bytes == garbage && reason.offset == 0
        }
    }

    @Test func aLateAnswerIsPutAsideAndTheNextRequestGetsItsOwn() async throws {
        let transport = ScriptedTransport { frame in
            guard frame.request.rawValue > 1 else {
                throw AgentTransportError.deadline(
                    DeadlineExceeded(.after(.zero, for: "the answer")))
            }
            let first = Frame(
                kind: .request(.hello), request: RequestID(rawValue: 1), payload: [])
            return first.done(.releaseAll) + frame.done(.releaseAll)
        }
        let session = AgentSession(board: "board a", transport: transport)
        await #expect(throws: AgentError.self) {
            _ = try await session.perform(ReleaseAll(), deadline: soon)
        }
        _ = try await session.perform(ReleaseAll(), deadline: soon)
        #expect(await session.lateAnswers.map(\.request.rawValue) == [1])
    }

    @Test func aBrokenConnectionNamesTheRequestAndKeepsTheBlame() async throws {
        let fault = Fault(
            kind: .bench,
            account: Account(subject: "board a", action: "read", cause: "the network is down"))
        let session = session { _ in throw AgentTransportError.dropped(fault) }
        await #expect {
            _ = try await session.perform(OpenContainer(), deadline: soon)
        } throws: { error in
            guard let error = error as? AgentError else { return false }
            return error.kind == .bench && error.description.contains("'openContainer'")
                && error.description.contains("the network is down")
        }
    }

    @Test func anAnswerToNothingBreaksTheSession() async throws {
        let session = session { _ in
            Frame(kind: .request(.hello), request: RequestID(rawValue: 77), payload: []).done(
                .hello)
        }
        let text = await sentence { _ = try await session.perform(ReleaseAll(), deadline: soon) }
        #expect(text.contains("request 77") && text.contains("not asked"))
    }

    @Test func anAnswerThatCannotBeReadSaysWhere() async throws {
        let session = session { frame in
            Frame(kind: .answer(.releaseAll), request: frame.request, payload: [0]).bytes
        }
        let text = await sentence { _ = try await session.perform(ReleaseAll(), deadline: soon) }
        #expect(text.contains("payload byte 0: 2 bytes wanted, 1 left"))
    }

    @Test func requestsOfManyTasksFollowEachOther() async throws {
        let transport = ScriptedTransport { frame in
            await Task.yield()
            return frame.done(.releaseAll)
        }
        let session = AgentSession(board: "board a", transport: transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    _ = try await session.perform(
                        ReleaseAll(), deadline: .after(.seconds(30), for: "the answer"))
                }
            }
            try await group.waitForAll()
        }
        #expect(transport.heard.map(\.request.rawValue) == Array(1...50))
    }

    private func session(_ script: @escaping ScriptedTransport.Script) -> AgentSession {
        AgentSession(board: "board a", transport: ScriptedTransport(script))
    }

    private func sentence(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }
}
