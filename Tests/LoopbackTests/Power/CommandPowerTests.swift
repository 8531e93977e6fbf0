// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    /// Commands of the lab, whose board is a file that is there while it has power.
    @Suite struct CommandPowerTests {
        @Test func aSwitchThatTakesItsTimeIsReadUntilItHasDoneIt() async throws {
            try await LoopbackService.withFolder { folder in
                let slowly = "(sleep 1; touch \(folder)/power) >/dev/null 2>&1 &"
                let power = try power(on: slowly, off: "rm \(folder)/power", folder)
                #expect(try await power.isOn(deadline: soon) == false)
                #expect(try await power.on(deadline: soon).isConfirmed)
                #expect(try await power.cycle(deadline: soon).isConfirmed)
            }
        }

        @Test func aSwitchThatDoesNothingIsFoundOut() async throws {
            try await LoopbackService.withFolder { folder in
                let power = try power(on: "true", off: "true", folder)
                let limit = Deadline.after(.seconds(1), for: "the power")
                let error = try await #require(throws: PowerError.self) {
                    try await power.on(deadline: limit)
                }
                #expect(
                    "\(error)".hasPrefix(
                        "board loopback could not be switched on: the lab's power command took the "
                            + "order, but after 1 s its state reads off, where on was wanted."))
            }
        }

        @Test func aCommandThatFailsIsShown() async throws {
            try await LoopbackService.withFolder { folder in
                let power = try power(on: "echo no relay >&2; exit 3", off: "true", folder)
                let error = try await #require(throws: ToolFailure.self) {
                    try await power.on(deadline: soon)
                }
                #expect("\(error)".contains("no relay") && error.kind == .bench)
            }
        }

        private func power(on: String, off: String, _ folder: FilePath) throws -> PowerSwitch {
            func shell(_ script: String) -> ControllerCommand {
                ControllerCommand(program: "sh", arguments: ["-c", script])
            }
            let commands = CommandPower(
                on: shell(on), off: shell(off), status: shell("test -e \(folder)/power"))
            return PowerSwitch(board: try #require(BoardName("loopback")), driver: commands)
        }
    }
}
