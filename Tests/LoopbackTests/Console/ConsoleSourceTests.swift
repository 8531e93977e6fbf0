// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

extension LoopbackStories {
    /// Real serial servers, and a console that is written down whatever becomes of them.
    @Suite struct ConsoleSourceTests {
        @Test func aRawPortGivesEveryByte() async throws {
            let (line, port) = (try PseudoTerminal(), try FreePort.find())
            try await SerialServer.run(line, at: port) {
                let source = TCPConsole(NetworkAddress(host: "127.0.0.1", port: port))
                try await recording(source) { console, _ in
                    try await speak("board 1\r\n", on: line, console)
                    try line.say([0, 255, 254] + Array(" raw\r\n".utf8))
                    let raw = try await console.line(containing: [" raw"], deadline: soon)
                    #expect(raw?.text == "\0\u{fffd}\u{fffd} raw")
                }
            }
        }

        @Test func rfc2217SetsTheSpeedAndLosesNoByte() async throws {
            let (line, port) = (try PseudoTerminal(), try FreePort.find())
            try await SerialServer.run(line, at: port, telnet: true) {
                let address = NetworkAddress(host: "127.0.0.1", port: port)
                try await recording(RFC2217Console(address, speed: 115_200)) { console, log in
                    try await speak("board 2\r\n", on: line, console)
                    try line.say([255, 255, 13, 65] + Array(" telnet\r\n".utf8))
                    _ = try await console.line(containing: [" telnet"], deadline: soon)
                    let speed = try await Tool.run(
                        "stty", ["-F", line.path, "speed"], deadline: soon
                    ).succeeded().text
                    #expect(speed == "115200\n", "ser2net itself was told 9600")
                    let bytes = try Data(contentsOf: URL(filePath: log.string))
                    let wanted = Data([255, 255, 13, 65] + Array(" telnet\r\n".utf8))
                    #expect(bytes.firstRange(of: wanted) != nil)
                }
            }
        }

        @Test func aServerThatDropsLeavesAGapThatIsSeen() async throws {
            let (line, port) = (try PseudoTerminal(), try FreePort.find())
            let source = TCPConsole(NetworkAddress(host: "127.0.0.1", port: port))
            try await recording(source) { console, log in
                try await SerialServer.run(line, at: port) {
                    try await speak("before\r\n", on: line, console)
                }
                let lost = try await console.line(containing: ["is not heard"], deadline: soon)
                #expect(lost?.text.contains("what the board says now is lost") == true)
                try await SerialServer.run(line, at: port) {
                    try await speak("after\r\n", on: line, console)
                }
                let lines = console.lines.map(\.text)
                let gap = try #require(lines.first { $0.hasPrefix("heard again; gap from ") })
                #expect(gap.contains(" to ") && gap.hasSuffix(" s"))
                let text = try String(contentsOfFile: log.string, encoding: .utf8)
                #expect(text.contains(" # TCP 127.0.0.1:\(port) is not heard: "), "\(text)")
                #expect(text.contains(" # heard again; gap from "), "\(text)")
                #expect(text.contains(" | after"), "\(text)")
            }
        }

        @Test func conserverIsSpiedOn() async throws {
            try await withConserver("i=0; while sleep 0.2; do i=$((i+1)); echo tick $i; done") {
                access in
                try await recording(CommandConsole.conserver(access)) { console, log in
                    let tick = try await console.line(containing: ["tick"], deadline: soon)
                    #expect(tick != nil)
                    let banner = console.lines.first { $0.text.contains("' for help]") }?.text
                    #expect(banner?.hasPrefix("conserver's console board at 127") == true)
                    let text = try String(contentsOfFile: log.string, encoding: .utf8)
                    #expect(!text.contains(" | ["), "the client's lines are notes: \(text)")
                }
            }
        }

        @Test func serialOverLANClosesWhatWasLeftOpen() async throws {
            let (line, port) = (try PseudoTerminal(), try FreePort.find())
            try await SerialServer.run(line, at: port) {
                try await SimulatedBMC.run(console: port) { bmc in
                    for word in ["one", "two"] {
                        let source = CommandConsole.serialOverLAN(bmc.access)
                        try await recording(source) { console, log in
                            try await speak("\(word)\r\n", on: line, console)
                            let text = try String(contentsOfFile: log.string, encoding: .utf8)
                            #expect(text.contains(": [SOL Session operational."), "\(text)")
                            #expect(!text.contains(" | [SOL Session"), "\(text)")
                        }
                    }
                }
            }
        }

        @Test func aCommandThatEndsLeavesANoteAndIsNotRunAgain() async throws {
            let command = ControllerCommand(program: "sh", arguments: ["-c", "echo said; exit 3"])
            try await recording(CommandConsole(command)) { console, _ in
                try await console.awaitEnd(deadline: soon)
                let lines = console.lines.map(\.text)
                #expect(lines.first == "said" && lines.count == 2)
                #expect(lines.last?.hasSuffix("nothing is recorded from here on") == true)
            }
        }

        private func recording(
            _ source: any ConsoleSource,
            _ body: @escaping @Sendable (Console, FilePath) async throws -> Void
        ) async throws {
            try await LoopbackService.withFolder { folder in
                let log = folder.appending("console.log")
                try await ConsoleRecorder.withConsole(of: source, log: log) { console in
                    try await body(console, log)
                }
            }
        }

        /// Says something again and again until it is heard: a line without a listener is deaf.
        private func speak(
            _ text: String, on line: PseudoTerminal, _ console: Console
        ) async throws {
            let word = String(text.prefix { $0 != "\r\n" })
            try await retrying(until: soon, pause: .milliseconds(200)) {
                try line.say(text)
                guard console.lines.contains(where: { $0.text.contains(word) }) else {
                    throw Unheard(lines: console.lines.map(\.text))
                }
            }
        }

        private func withConserver(
            _ script: String, _ body: @escaping @Sendable (ConserverAccess) async throws -> Void
        ) async throws {
            try await LoopbackService.withFolder { folder in
                let port = try FreePort.find()
                let configuration = """
                    config * { defaultaccess allowed; }
                    default * { rw *; ro *; master localhost; }
                    console board { type exec; exec sh \(folder)/board; }
                    access * { trusted 127.0.0.1; }

                    """
                try folder.write(configuration, to: "conserver.cf")
                try folder.write("*any*:\n", to: "passwd")
                try folder.write(script + "\n", to: "board")
                let arguments = [
                    "-C", "conserver.cf", "-P", "passwd", "-p", "\(port)", "-b",
                    "\(try FreePort.find())", "-M", "127.0.0.1", "-L", folder.string,
                ]
                try await LoopbackService.run("conserver", arguments, in: folder) { _ in
                    try await LoopbackService.waitUntilItListens(at: port)
                    try await body(
                        ConserverAccess(console: "board", host: "127.0.0.1", port: port))
                }
            }
        }
    }

    private struct Unheard: Error { let lines: [String] }
}
