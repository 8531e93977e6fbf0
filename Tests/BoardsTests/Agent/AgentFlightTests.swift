// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Scheduling
import Testing
import Vocabulary

/// Several requests in one round trip, and what is left of them when some fail.
@Suite struct AgentFlightTests {
    private var soon: Deadline { .after(.seconds(30), for: "the answers") }

    @Test func requestsOfManyKindsFlyTogetherAndEachGetsItsOwnAnswer() async throws {
        let transport = ScriptedTransport { frame in
            switch frame.request.rawValue {
            case 1: frame.answer(Reply(Unmapped(size: .kibibytes(4)), calls: []), kind: .unmap)
            case 2: frame.done(.releaseAll)
            default:
                frame.answer(
                    Reply(FileContents(bytes: [7], isComplete: true), calls: []), kind: .readFile)
            }
        }
        let session = AgentSession(board: "board a", transport: transport)
        var flight = AgentFlight()
        let unmapping = flight.add(
            UnmapMemory(
                container: ContainerHandle(rawValue: 1), iova: IOVA(rawValue: 0),
                size: .kibibytes(4)))
        let release = flight.add(ReleaseAll())
        let file = flight.add(ReadFile(path: "/proc/iomem", offset: 0, limit: .max))
        let replies = await session.perform(flight, deadline: soon)
        #expect(try replies.reply(to: file).answer?.bytes == [7])
        #expect(try replies.reply(to: unmapping).answer?.size == .kibibytes(4))
        #expect(try replies.reply(to: release).errno == .none)
        #expect(replies.failure == nil)
    }

    @Test func oneThatIsRefusedInTheMiddleLeavesTheOthersTheirAnswers() async throws {
        let session = session { frame in
            guard frame.request.rawValue == 2 else { return frame.done(.releaseAll) }
            return frame.refused(.noSuchHandle(number: 9))
        }
        let (flight, tickets) = releases(3)
        let replies = await session.perform(flight, deadline: soon)
        #expect(try replies.reply(to: tickets[0]).errno == .none)
        #expect(throws: AgentError.self) { try replies.reply(to: tickets[1]) }
        #expect(try replies.reply(to: tickets[2]).errno == .none)
        #expect(try await session.perform(ReleaseAll(), deadline: soon).errno == .none)
    }

    @Test func oneThatTheKernelRefusedIsAnAnswerLikeTheOthers() async throws {
        let session = session { frame in
            guard frame.request.rawValue == 2 else { return frame.done(.releaseAll) }
            let failed = Reply<Done>(failed: .close, errno: .busy, calls: [])
            return frame.answer(failed, kind: .releaseAll)
        }
        let (flight, tickets) = releases(3)
        let replies = await session.perform(flight, deadline: soon)
        let errnos = try tickets.map { try replies.reply(to: $0).errno }
        #expect(errnos == [.none, .busy, .none])
    }

    @Test func aSkippedRequestIsToldApartFromARefusedOne() async throws {
        let transport = ScriptedTransport { frame in
            frame.kind.isOnlyAfterSuccess ? frame.refused(.skipped) : frame.done(.releaseAll)
        }
        let session = AgentSession(board: "board a", transport: transport)
        var flight = AgentFlight()
        let first = flight.add(ReleaseAll())
        let second = flight.add(ReleaseAll(), onlyAfterSuccess: true)
        let replies = await session.perform(flight, deadline: soon)
        #expect(try replies.replyUnlessSkipped(to: first) != nil)
        #expect(try replies.replyUnlessSkipped(to: second) == nil)
        #expect(transport.heard.map(\.kind.requestNumber) == [0x50, 0x50])
    }

    @Test func whatCameBeforeTheStreamBrokeIsKept() async throws {
        let words = AgentLastWords(standardError: "", ending: "it was killed by SIGKILL")
        let transport = ScriptedTransport(words: words) { frame in
            frame.request.rawValue < 3 ? frame.done(.releaseAll) : []
        }
        let session = AgentSession(board: "board a", transport: transport)
        let (flight, tickets) = releases(4)
        let replies = await session.perform(flight, deadline: soon)
        #expect(try replies.reply(to: tickets[1]).errno == .none)
        for ticket in tickets[2...] {
            #expect {
                _ = try replies.reply(to: ticket)
            } throws: { "\($0)".contains("it was killed by SIGKILL") }
        }
        #expect(replies.failure != nil)
    }

    @Test func theAnswerOfAnotherRequestBreaksTheStream() async throws {
        let session = session { $0.done($0.request.rawValue == 2 ? .map : .releaseAll) }
        let (flight, tickets) = releases(3)
        let replies = await session.perform(flight, deadline: soon)
        #expect(try replies.reply(to: tickets[0]).errno == .none)
        #expect(throws: AgentError.self) { try replies.reply(to: tickets[1]) }
        await #expect(throws: AgentError.self) {
            _ = try await session.perform(ReleaseAll(), deadline: soon)
        }
    }

    @Test func anEmptyFlightAsksNothing() async {
        let transport = ScriptedTransport { _ in [] }
        let session = AgentSession(board: "board a", transport: transport)
        let replies = await session.perform(AgentFlight(), deadline: soon)
        #expect(replies.failure == nil && transport.heard.isEmpty)
    }

    private func session(_ script: @escaping ScriptedTransport.Script) -> AgentSession {
        AgentSession(board: "board a", transport: ScriptedTransport(script))
    }

    private func releases(
        _ count: Int
    ) -> (AgentFlight, [AgentFlight.Ticket<ReleaseAll>]) {
        var flight = AgentFlight()
        let tickets = (0..<count).map { _ in flight.add(ReleaseAll()) }
        return (flight, tickets)
    }
}

extension Frame {
    /// The bytes of a refusal of this request.
    fileprivate func refused(_ refusal: Refusal) -> [UInt8] {
        Frame(kind: .refused, request: request, payload: RefusedRequest(refusal).payload).bytes
    }
}
