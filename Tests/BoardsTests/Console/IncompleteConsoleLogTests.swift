// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

/// A console that the disk has no room for.
@Suite struct IncompleteConsoleLogTests {
    @Test func aFullDiskUnderTheConsoleIsTheBenchsFaultAndASentence() throws {
        let board = try #require(BoardName("virt-its"))
        // Every write to this device fails with ENOSPC (full(4)).
        let console = try Console(log: "/dev/full")
        try IncompleteConsoleLog.check(console, of: board)
        console.take(Array("[    0.000000] Booting Linux\n".utf8))
        let fault = try #require(throws: IncompleteConsoleLog.self) {
            try IncompleteConsoleLog.check(console, of: board)
        }
        #expect(fault.kind == .bench && fault.errno == .noSpace)
        #expect(
            "\(fault)".hasPrefix(
                "the console log of board virt-its could not be written to its end: "))
        #expect(console.lines.count == 1, "the board itself is heard all the same")
    }

    @Test func aBoardWithoutAConsoleHasNoLogToLookAt() throws {
        try IncompleteConsoleLog.check(nil, of: #require(BoardName("virt-its")))
    }
}
