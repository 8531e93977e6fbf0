// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Testing
import Vocabulary

/// The agent as it is uploaded: the static ARM64 executable, run by qemu-user.
@Suite struct AgentBinaryTests {
    private var patience: Deadline { .after(.seconds(30), for: "the agent's answer") }

    @Test func itSaysWhoItIs() async throws {
        try await withAgent { session, _ in
            let reply = try await session.perform(Hello(), deadline: patience)
            let identity = try #require(reply.answer)
            #expect(identity.machine == "aarch64")
            #expect(identity.pageSize == .kibibytes(4))
            #expect(identity.build.utf8.count == 64)
            #expect(identity.clock >= reply.calls[0].ended)
            #expect(reply.calls.map(\.call) == [.uname])
        }
    }

    @Test func whatFollowsSuccessOnlyEndsWithTheFirstFailure() async throws {
        try await withAgent { session, _ in
            var flight = AgentFlight()
            let absent = flight.add(.read("/no such file"))
            let skipped = flight.add(Hello(), onlyAfterSuccess: true)
            let skippedToo = flight.add(Hello(), onlyAfterSuccess: true)
            let hello = flight.add(Hello())
            let chained = flight.add(Hello(), onlyAfterSuccess: true)
            let replies = await session.perform(flight, deadline: patience)
            let files = AgentFiles(session)
            let reports = try await files.reports(of: [absent], in: replies)
            #expect(reports[0].ifPresent == nil)
            #expect(try replies.replyUnlessSkipped(to: skipped) == nil)
            #expect(try replies.replyUnlessSkipped(to: skippedToo) == nil)
            #expect(try replies.reply(to: hello).answer?.controller == "")
            #expect(try replies.replyUnlessSkipped(to: chained)?.errno == KernelErrno.none)
        }
    }

    @Test func itIsOneStaticFileUnderAMegabyte() async throws {
        let file = try Data(contentsOf: URL(fileURLWithPath: try await AgentBuild.path.string))
        #expect(file.count < 1_000_000)
        // ELF, 64 bits, little endian; machine 183 is AArch64 (ELF for the Arm 64-bit Architecture).
        #expect([UInt8](file.prefix(6)) == [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        #expect([UInt8](file[18..<20]) == [183, 0])
    }

    @Test func itSleepsOnEveryProcessorUntilAMomentThatIsPast() async throws {
        try await withAgent { session, _ in
            let reply = try await session.perform(RearmTimers(), deadline: patience)
            #expect(reply.answer != nil, "\(reply.decidedBy): \(reply.errno)")
            #expect(reply.calls.map(\.call).allSatisfy { $0 == .clockNanosleep })
            // This process may run where the agent may.
            #expect(reply.calls.count == ProcessInfo.processInfo.activeProcessorCount)
            #expect(Set(reply.calls.map(\.argument)).count == reply.calls.count)
        }
    }

    @Test func aGroupThatDoesNotExistIsExactlyENOENT() async throws {
        try await withAgent { session, _ in
            let number = GroupNumber(rawValue: 4_294_967_295)
            let reply = try await session.perform(OpenGroup(number: number), deadline: patience)
            #expect(reply.errno == .noEntry)
            #expect(reply.decidedBy == .open)
            #expect(reply.answer == nil)
            let call = try #require(reply.calls.first)
            #expect(call.result == -1 && call.argument == 4_294_967_295)
            #expect(call.began <= call.ended)
        }
    }

    @Test func aHandleThatWasNeverGivenIsRefusedByTheAgent() async throws {
        try await withAgent { session, _ in
            await #expect {
                let device = DeviceHandle(rawValue: 7)
                _ = try await session.perform(ResetDevice(device: device), deadline: patience)
            } throws: { error in
                guard case .refused(let refused)? = (error as? AgentError)?.cause else {
                    return false
                }
                return refused.refusal == .noSuchHandle(number: 7)
            }
        }
    }

    @Test func anotherVersionIsRefusedWithBothVersions() async throws {
        let other = ProtocolVersion(rawValue: 7)
        let frame = Frame(
            version: other, kind: .request(.hello), request: RequestID(rawValue: 1), payload: [])
        let answer = try await firstAnswer(to: frame.bytes)
        let refused = try RefusedRequest(payload: answer.payload)
        #expect(answer.kind == .refused)
        #expect(refused.refusal == .version(agent: .current, controller: other))
    }

    @Test func anUnknownRequestAndAMalformedOneAreRefused() async throws {
        let unknown = Frame(
            kind: FrameKind(rawValue: 0x7777), request: RequestID(rawValue: 9), payload: [])
        let answer = try await firstAnswer(to: unknown.bytes)
        #expect(answer.request == RequestID(rawValue: 9))
        #expect(
            try RefusedRequest(payload: answer.payload).refusal == .unknownRequest(kind: 0x7777))

        let malformed = Frame(
            kind: .request(.openGroup), request: RequestID(rawValue: 10), payload: [1, 2])
        let second = try await firstAnswer(to: malformed.bytes)
        #expect(try RefusedRequest(payload: second.payload).refusal == .malformed(offset: 0))
    }

    @Test func requestsAreUnderstoodOneByteAtATime() async throws {
        let agent = try await LocalAgent()
        let frames = (1...3).map { number in
            Frame(
                kind: .request(.hello), request: RequestID(rawValue: number), payload: [])
        }
        for byte in frames.flatMap(\.bytes) { try agent.write([byte]) }
        var decoder = FrameDecoder()
        var answers: [Frame] = []
        while answers.count < 3 {
            // One byte at a time in this direction too.
            for byte in try await agent.read(deadline: patience) {
                decoder.append([byte])
                if let frame = try decoder.next() { answers.append(frame) }
            }
        }
        #expect(answers.map(\.request) == frames.map(\.request))
        await agent.close()
    }

    @Test func garbageEndsItWithASentenceThatQuotesIt() async throws {
        let agent = try await LocalAgent()
        try agent.write(Array("GET / HTTP/1.1\r\n".utf8))
        #expect(try await agent.read(deadline: patience).isEmpty)
        let words = await agent.lastWords()
        #expect(words.ending == "it exited with 65")
        #expect(
            words.standardError
                == "doorbell agent: stream byte 0: a frame must begin here, found \"GET / HTTP/1.1"
                + "\\x0d\\x0a\"\n")
    }

    @Test func randomPayloadsInWholeFramesNeverEndIt() async throws {
        var random = SystemRandomNumberGenerator()
        try await withAgent { _, agent in
            for kind in RequestKind.allCases where !kind.actsOnFiles {
                for length in [0, 1, 4, 12, 40] {
                    let payload = (0..<length).map { _ in UInt8.random(in: 0...3, using: &random) }
                    let frame = Frame(
                        kind: .request(kind), request: RequestID(rawValue: 1), payload: payload)
                    var decoder = FrameDecoder()
                    decoder.append(try await agent.exchange(frame.bytes, deadline: patience))
                    #expect(try decoder.next() != nil, "\(kind) \(payload) ended it")
                }
            }
        }
    }

    @Test func closingItsInputEndsItWithinASecond() async throws {
        let agent = try await LocalAgent()
        let hello = Frame(kind: .request(.hello), request: RequestID(rawValue: 1), payload: [])
        _ = try await agent.exchange(hello.bytes, deadline: patience)
        let elapsed = try await ContinuousClock().measure {
            try await agent.closeInput(deadline: patience)
            #expect(try await agent.read(deadline: patience).isEmpty)
            #expect(agent.status() == 0)
        }
        #expect(elapsed < .seconds(1))
    }

    @Test func aSignalEndsItWithinASecondToo() async throws {
        let agent = try await LocalAgent()
        let hello = Frame(kind: .request(.hello), request: RequestID(rawValue: 1), payload: [])
        _ = try await agent.exchange(hello.bytes, deadline: patience)
        let elapsed = ContinuousClock().measure {
            kill(agent.identifier, SIGTERM)
            #expect(agent.status() == 0)
        }
        #expect(elapsed < .seconds(1))
    }

    @Test func filesAreReadWrittenListedAndRemoved() async throws {
        try await withAgent { session, _ in
            let files = AgentFiles(session)
            let folder = RemotePath("/tmp/doorbell-agent-\(UUID().uuidString)")
            let deep = folder.appending("a").appending("b")
            try await files.makeDirectory(deep)
            try await files.makeDirectory(deep)
            let file = deep.appending("name")
            let long = String(repeating: "0123456789", count: 250_000)
            try await files.create(file, holding: "short")
            #expect(try await files.text(of: file) == "short")
            try await files.create(file, holding: String(long.prefix(900_000)))
            try FileManager.default.removeItem(atPath: file.description)
            try long.write(toFile: file.description, atomically: true, encoding: .utf8)
            #expect(try await files.text(of: file, limit: .mebibytes(3)) == long)
            await #expect(throws: BoardFileError.self) {
                _ = try await files.contents(of: file, limit: .bytes(2_499_999))
            }
            #expect(try await files.entries(of: deep) == ["name"])
            for path in [file, deep, folder.appending("a"), folder] {
                try await files.remove(path)
            }
            #expect(try await files.textIfPresent(of: file) == nil)
        }
    }

    private func withAgent(
        _ body: (AgentSession, LocalAgent) async throws -> Void
    ) async throws {
        let agent = try await LocalAgent()
        let session = AgentSession(board: "this machine", transport: agent)
        try await withCleanup {
            try await body(session, agent)
        } cleanup: {
            await session.close(deadline: .after(.seconds(2), for: "the agent's end"))
        }
    }

    private func firstAnswer(to bytes: [UInt8]) async throws -> Frame {
        let agent = try await LocalAgent()
        var decoder = FrameDecoder()
        decoder.append(try await agent.exchange(bytes, deadline: patience))
        let frame = try #require(try decoder.next())
        await agent.close()
        return frame
    }
}

extension RequestKind {
    /// Those would act on this machine's files with whatever name comes.
    fileprivate var actsOnFiles: Bool {
        [.readFile, .writeFile, .handlePath, .readKernelLog].contains(self)
    }
}
