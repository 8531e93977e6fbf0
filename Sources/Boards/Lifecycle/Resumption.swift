// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Scheduling
import SecureShell
import Vocabulary

/// Makes good what a board has lost that goes on from a snapshot: QEMU does not keep everything.
enum Resumption {
    /// An `edu` has no VMState (hw/misc/edu.c, QEMU 7.2): it comes back as after power-on.
    private static let edu = "0x1234:0x11e8"

    /// Has the kernel arm its timers again, and then find anew the devices that were reset.
    ///
    /// `vmstate_arm_cpu` has the registers of all timers, but only the deadlines of those of EL1
    /// (target/arm/machine.c, QEMU 7.2). A kernel that runs at EL2 awaits an interrupt that never
    /// comes; and as it believes that its timer is armed for a moment already past, it arms it for no
    /// later one (`hrtimer_reprogram`, kernel/time/hrtimer.c, 6.1). Whatever that processor owes then
    /// hangs: a sleep, a grace period of RCU, and with it the unbinding of a driver.
    /// - Throws: `Fault`, `AgentError`, `SSHError`, `CancellationError`.
    static func makeGood(
        with agent: AgentSession, over connection: SSHConnection, deadline: Deadline
    ) async throws {
        let reply = try await agent.perform(RearmTimers(), deadline: deadline)
        guard reply.answer != nil else {
            throw Fault(
                kind: .bench,
                account: Account(
                    subject: agent.board, action: "go on from its snapshot",
                    cause: "\(reply.decidedBy) fails on a processor: \(reply.errno)"))
        }
        let script = #"""
            for device in /sys/bus/pci/devices/*; do
                if [ "$(cat "$device/vendor"):$(cat "$device/device")" = "$1" ]; then
                    echo 1 >"$device/remove"
                fi
            done
            echo 1 >/sys/bus/pci/rescan
            """#
        try await connection.run(RemoteCommand(script: script, [edu]), deadline: deadline)
            .succeeded()
    }
}
