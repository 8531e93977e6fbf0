// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import SecureShell
import Testing
import Vocabulary

/// Files of a board in batches: what an agent that answers for them makes of each.
@Suite struct AgentFilesTests {
    @Test func eachErrandHasItsOwnReport() async throws {
        let files = files { frame in
            switch frame.request.rawValue {
            case 1: frame.contents("abc")
            case 2: frame.failure(.readFile, .open, .noEntry)
            default: frame.names(["b", "a"])
            }
        }
        let reports = try await files.carryOut([
            .read("/one"), .read("/two"), .list("/three"),
        ])
        #expect(try reports[0].text() == "abc")
        #expect(reports[1].ifPresent == nil)
        #expect(throws: BoardFileError(path: "/two", action: "read", errno: .noEntry)) {
            try reports[1].succeeded()
        }
        #expect(try reports[2].names() == ["a", "b"])
    }

    @Test func aChainTellsTheLinkThatBroke() async throws {
        let transport = ScriptedTransport { frame in
            switch frame.request.rawValue {
            case 1: frame.answer(Reply(Done(), calls: []), kind: .writeFile)
            case 2: frame.failure(.writeFile, .write, .busy)
            case 3:
                Frame(
                    kind: .refused, request: frame.request,
                    payload: RefusedRequest(.skipped).payload
                ).bytes
            default: frame.contents("after")
            }
        }
        let files = AgentFiles(AgentSession(board: "board a", transport: transport))
        await #expect(throws: BoardFileError(path: "/b", action: "write '2' to", errno: .busy)) {
            _ = try await files.carryOut(
                chain: [.write("1", to: "/a"), .write("2", to: "/b"), .write("3", to: "/c")],
                then: [.read("/d")])
        }
        #expect(transport.heard.map(\.kind.isOnlyAfterSuccess) == [false, true, true, false])
    }

    @Test func aFileThatDidNotComeWholeIsReadOn() async throws {
        let files = files { frame in
            guard let request = try? ReadFile(payload: frame.payload) else { return [] }
            let piece = FileContents(
                bytes: [UInt8(truncatingIfNeeded: request.offset)], isComplete: request.offset == 2)
            return frame.answer(Reply(piece, calls: []), kind: .readFile)
        }
        let reports = try await files.carryOut([.read("/long"), .readStart("/long", count: 1)])
        #expect(try reports[0].bytes() == [0, 1, 2])
        #expect(try reports[1].bytes() == [0])
    }

    @Test func aDirectoryWhoseParentsAreMissingIsMadeWithThem() async throws {
        let transport = ScriptedTransport { frame in
            frame.request.rawValue == 1
                ? frame.failure(.handlePath, .mkdir, .noEntry)
                : frame.request.rawValue == 2
                    ? frame.failure(.handlePath, .mkdir, .exists) : frame.names([])
        }
        let files = AgentFiles(AgentSession(board: "board a", transport: transport))
        try await files.makeDirectory("/run/doorbell/taken")
        let paths = try transport.heard.map { try HandlePath(payload: $0.payload).path }
        #expect(paths == ["/run/doorbell/taken", "/run", "/run/doorbell", "/run/doorbell/taken"])
    }

    private func files(_ script: @escaping ScriptedTransport.Script) -> AgentFiles {
        AgentFiles(AgentSession(board: "board a", transport: ScriptedTransport(script)))
    }
}

extension Frame {
    fileprivate func contents(_ text: String) -> [UInt8] {
        answer(
            Reply(FileContents(bytes: Array(text.utf8), isComplete: true), calls: []),
            kind: .readFile)
    }

    fileprivate func names(_ names: [String]) -> [UInt8] {
        answer(Reply(PathNames(names: names.map { Array($0.utf8) }), calls: []), kind: .handlePath)
    }

    fileprivate func failure(
        _ kind: RequestKind, _ call: KernelCall, _ errno: KernelErrno
    ) -> [UInt8] {
        answer(Reply<Done>(failed: call, errno: errno, calls: []), kind: kind)
    }
}
