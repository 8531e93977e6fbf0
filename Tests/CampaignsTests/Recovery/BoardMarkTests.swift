// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Campaigns
import Foundation
import SystemPackage
import Testing
import Vocabulary

@Suite("What is remembered of a board that left its known-good kernel")
struct BoardMarkTests {
    private let home = BoardIdentity(bootID: "1", release: "6.1", banner: "Linux", buildID: "aa")
    private let fault = Fault(
        kind: .bench,
        account: Account(subject: "board b", action: "come home", cause: "it is dead"))

    private func withMark(_ body: (FilePath) async throws -> Void) async throws {
        let folder = FilePath(NSTemporaryDirectory()).appending("doorbell-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        try await body(folder.appending(".boards").appending("b_22.json"))
    }

    @Test("A board at home has no mark; one that left is remembered, and forgotten when it is back")
    func comesAndGoes() async throws {
        try await withMark { path in
            let board = try MarkedBoard(at: path)
            #expect(board.home == nil)
            try board.returned()
            try board.leave(home)
            #expect(try MarkedBoard(at: path).home == home)
            try MarkedBoard(at: path).returned()
            #expect(try MarkedBoard(at: path).home == nil)
        }
    }

    @Test("A lost board is refused with the reason, and still knows where it belongs")
    func lost() async throws {
        try await withMark { path in
            let name = try #require(BoardName("b"))
            let board = try MarkedBoard(at: path)
            try board.leave(home)
            try MarkedBoard(at: path).check(name)
            await board.lost(fault)
            let next = try MarkedBoard(at: path)
            #expect(next.home == home)
            do throws(BoardIsOut) {
                try next.check(name)
                Issue.record("it may be used")
            } catch {
                #expect(error.kind == .bench)
                #expect(error.description.contains("could not come home: it is dead"))
                #expect(error.description.contains("doorbell board recover --board b"))
            }
        }
    }

    @Test("A damaged mark is an error with its path, and never a board that may be used")
    func damaged() async throws {
        try await withMark { path in
            try MarkedBoard(at: path).leave(home)
            try Data("{".utf8).write(to: URL(filePath: path.string))
            #expect(throws: UnreadableMark.self) { try MarkedBoard(at: path) }
        }
    }

    @Test("A warm boot is refused by a suite that demands a cold one, and by no other")
    func warm() throws {
        let board = try #require(BoardName("b"))
        let name = try #require(SuiteName("s"))
        let demanding = Suite(name: name, summary: "x", cases: [], demandsColdBoot: true)
        let easy = Suite(name: name, summary: "x", cases: [])
        let kexec = BootManner(method: "kexec", isWarm: true)
        try WarmBoot.check(easy, on: board, kexec)
        try WarmBoot.check(demanding, on: board, nil)
        try WarmBoot.check(demanding, on: board, BootManner(method: "grub", isWarm: false))
        #expect(throws: WarmBoot.self) { try WarmBoot.check(demanding, on: board, kexec) }
    }
}
