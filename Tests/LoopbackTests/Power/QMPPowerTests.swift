// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    /// Against a QEMU that somebody else has started; it has no kernel, and needs none for this.
    @Suite struct QMPPowerTests {
        @Test func offFreezesAndOnBeginsAnew() async throws {
            try await LoopbackService.withFolder { folder in
                let socket = folder.appending("qmp")
                let arguments = [
                    "-M", "virt", "-cpu", "cortex-a57", "-m", "64", "-display", "none", "-serial",
                    "null", "-monitor", "none", "-nic", "none", "-S", "-qmp",
                    "unix:\(socket),server=on,wait=off",
                ]
                try await LoopbackService.run("qemu-system-aarch64", arguments, in: folder) { _ in
                    let power = PowerSwitch(
                        board: try #require(BoardName("loopback")), driver: QMPPower(socket: socket)
                    )
                    let first = try await retrying(until: soon) {
                        try await power.state(deadline: soon)
                    }
                    #expect(first == .off, "QEMU waits to be told to go")
                    let on = PowerReading(state: .on, isConfirmed: true)
                    #expect(try await power.on(deadline: soon) == on)
                    #expect(try await power.off(deadline: soon).isConfirmed)
                    #expect(try await power.isOn(deadline: soon) == false)
                    #expect(try await power.cycle(deadline: soon) == on)
                }
            }
        }

        @Test func aMachineThatIsNotThere() async throws {
            let power = PowerSwitch(
                board: try #require(BoardName("loopback")),
                driver: QMPPower(socket: "/tmp/doorbell-no-such-socket"))
            await #expect {
                try await power.on(deadline: soon)
            } throws: { error in
                "\(error)".contains("could not be called at /tmp/doorbell-no-such-socket: No such")
            }
        }
    }
}
