// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

@Suite("A serial console")
struct ConsoleTests {
    private static let said =
        Array(
            """
            [    0.000000] Booting Linux on physical CPU 0x0000000000 [0x414fd0c1]\r
            [    2.809848] Kernel panic - not syncing: sysrq triggered crash\r

            \u{1b}[0mlogin: 
            """.utf8) + [0xff, 0xfe]

    private func withConsole(_ body: (Console, FilePath) async throws -> Void) async throws {
        let path = FilePath(
            FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path)
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        try await body(Console(log: path), path)
    }

    @Test("is cut into the same lines however its bytes arrived")
    func everySplit() {
        let scan = { (parts: [ArraySlice<UInt8>]) in
            var scanner = ConsoleScanner()
            var lines: [ConsoleLine] = []
            let date = Date(timeIntervalSince1970: 0)
            for part in parts { lines += scanner.take(part, at: .zero, date: date).lines }
            return lines + [scanner.finish()].compactMap(\.self)
        }
        let expected = scan([Self.said[...]])
        #expect(expected.map(\.number) == [0, 1, 2, 3])
        #expect(expected[2].text.isEmpty)
        #expect(expected[3].text == "\u{1b}[0mlogin: \u{fffd}\u{fffd}")
        for cut in Self.said.indices {
            #expect(scan([Self.said[..<cut], Self.said[cut...]]) == expected)
        }
    }

    @Test("loses nothing: without the stamps the log is what the board sent")
    func lossless() async throws {
        try await withConsole { console, path in
            for byte in Self.said { console.take([byte]) }
            console.end()
            let log = try #require(FileManager.default.contents(atPath: path.string))
            let lines = log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let width = "    3.806123 2026-11-22T16:07:38.123Z | ".utf8.count
            let sent = lines.map { Array($0.dropFirst(width)) }
            #expect(Array(sent.joined(separator: [UInt8(ascii: "\n")])) == Self.said)
        }
    }

    @Test("tells who waits, of the past and of the future, and of a prompt without an end")
    func waiting() async throws {
        try await withConsole { console, _ in
            let deadline = Deadline.after(.seconds(120), for: "a line")
            console.take(Array("one\ntwo\nthr".utf8))
            #expect(try await console.line(containing: ["two"], deadline: deadline)?.number == 1)
            #expect(try await console.line(containing: ["thr"], deadline: deadline)?.number == 2)
            async let later = console.line(containing: ["one"], from: 1, deadline: deadline)
            console.take(Array("ee\none again\n".utf8))
            let found = try await later
            #expect(found?.text == "one again")
            #expect(console.lines.map(\.text) == ["one", "two", "three", "one again"])
        }
    }

    @Test("is waited for until a line is complete, where half a line is not enough")
    func wholeLines() async throws {
        try await withConsole { console, _ in
            console.take(Array("Kernel panic - not sync".utf8))
            let task = Task {
                try await console.line(
                    containing: ["panic"], awaitsLineEnd: true,
                    deadline: .after(.seconds(120), for: "the panic"))
            }
            console.take(Array("ing: VFS".utf8))
            console.end()
            let line = try await task.value
            #expect(line?.text == "Kernel panic - not syncing: VFS")
        }
    }

    /// A piece that ended between both once made an earlier line the kernel's last words.
    @Test("tells of a death with the line that says so, cut anywhere")
    func deathByItsLine() async throws {
        let text = Array("one\r\ntwo\r\nKernel panic - not syncing: VFS\r\nthree\r\n".utf8)
        let lineFeed = text.count - 8
        for cut in 0...text.count {
            try await withConsole { console, _ in
                console.take(text[..<cut])
                if cut <= lineFeed {
                    await #expect(throws: DeadlineExceeded.self, "cut at \(cut)") {
                        try await console.line(
                            containing: [], orDeath: true,
                            deadline: .after(.milliseconds(2), for: "nothing"))
                    }
                }
                console.take(text[cut...])
                let line = try await console.line(
                    containing: [], orDeath: true, deadline: .after(.seconds(120), for: "it"))
                #expect(line?.text == "Kernel panic - not syncing: VFS", "cut at \(cut)")
            }
        }
    }

    @Test("that ends tells those who still wait")
    func end() async throws {
        try await withConsole { console, _ in
            let deadline = Deadline.after(.seconds(120), for: "a line")
            async let never = console.line(containing: ["never"], deadline: deadline)
            console.take(Array("last words".utf8))
            console.end()
            let nothing = try await never
            #expect(nothing == nil)
            #expect(console.lines.map(\.text) == ["last words"])
            #expect(try await console.line(containing: ["never"], deadline: deadline) == nil)
            var heard: [ConsoleLine] = []
            for await line in console.listen() { heard.append(line) }
            #expect(heard.isEmpty)
        }
    }

    @Test("that stays silent is waited for until the deadline, and not beyond a cancellation")
    func patience() async throws {
        try await withConsole { console, _ in
            await #expect(throws: DeadlineExceeded.self) {
                try await console.line(
                    containing: ["x"], deadline: .after(.milliseconds(50), for: "x"))
            }
            let task = Task {
                try await console.line(containing: ["x"], deadline: .after(.seconds(60), for: "x"))
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("gives each line to a listener")
    func listening() async throws {
        try await withConsole { console, _ in
            let lines = console.listen()
            console.take(Array("one\ntw".utf8))
            console.take(Array("o\n".utf8))
            console.end()
            var heard: [String] = []
            for await line in lines { heard.append(line.text) }
            #expect(heard == ["one", "two"])
        }
    }

    @Test("remembers the kernel's panic, and a bounded number of lines")
    func panic() async throws {
        try await withConsole { console, _ in
            console.take(Self.said)
            for number in 0..<(3 * Console.remembered) { console.take(Array("\(number)\n".utf8)) }
            #expect(console.death?.line == 1)
            #expect(console.death?.title == "kernel panic: sysrq triggered crash")
            #expect(console.lines.count <= 2 * Console.remembered)
            #expect(console.lines.last?.text == "\(3 * Console.remembered - 1)")
        }
    }

    @Test("goes on when the disk is full, and says so")
    func fullDisk() throws {
        let console = try Console(log: "/dev/full")
        console.take(Array("one\n".utf8))
        #expect(console.logFailure == .noSpace)
        #expect(console.lines.map(\.text) == ["one"])
    }

    @Test("carries the ready marker, which is read with both facts or not at all")
    func ready() {
        let line = { (text: String) in
            ConsoleLine(number: 7, sincePowerOn: .seconds(3), date: Date(), text: text)
        }
        let whole =
            "doorbell: ready boot=80d236c5-a0f5-45c8-87a2-97b72440ec97 kernel=6.1.0-56-arm64"
        let ready = BoardReady(line(whole))
        #expect(ready?.bootID == "80d236c5-a0f5-45c8-87a2-97b72440ec97")
        #expect(ready?.kernelRelease == "6.1.0-56-arm64")
        #expect(BoardReady(line("[    2.1] " + whole)) == ready)
        for text in [
            "", "doorbell: ready", "doorbell: ready boot= kernel=", "doorbell: ready boot=1",
        ] {
            #expect(BoardReady(line(text)) == nil)
        }
    }
}
