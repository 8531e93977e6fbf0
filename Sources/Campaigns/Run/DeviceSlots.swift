// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Passthrough
import Scheduling
import SecureShell
import VirtualBoards
import Vocabulary

/// The slots of a board as a run uses them: what is pulled out is ours no longer, and what is put
/// back is used only when the kernel has found it.
struct DeviceSlots: Sendable {
    let slots: MachineSlots
    let files: AgentFiles
    let hold: BoardHold

    /// Presses the button of a device's slot.
    /// - Throws: `MachineError` for a device that sits in no slot of its own.
    func pull(_ address: PCIAddress, deadline: Deadline) async throws {
        try await slots.pull(address, deadline: deadline)
    }

    /// Awaits that the kernel has let a pulled device go.
    func awaitGone(_ address: PCIAddress, deadline: Deadline) async throws {
        try await slots.awaitGone(address, deadline: deadline)
        await hold.forget(address)
    }

    /// Puts a device back that is gone, and awaits that the kernel has found it.
    ///
    /// Most have a driver then; one that gets none, since somebody has its group, is not waited for
    /// longer than a probe takes.
    func putBack(_ address: PCIAddress, deadline: Deadline) async throws {
        try await slots.plug(address, deadline: deadline)
        let folder = RemotePath("/sys/bus/pci/devices/\(address)")
        _ = try await awaitLink(folder.appending("subsystem"), deadline)
        _ = try? await awaitLink(
            folder.appending("driver"), deadline.part("a driver", atMost: .seconds(3)))
    }

    /// The kernel tells nobody when it has found a device; the device's folder does.
    private func awaitLink(_ path: RemotePath, _ deadline: Deadline) async throws -> String {
        while true {
            if let target = try await files.targetIfPresent(ofLink: path) { return target }
            try deadline.check()
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Puts everything back that a case has left out.
    func putAllBack(deadline: Deadline) async throws {
        for address in await slots.missing {
            try await awaitGone(address, deadline: deadline)
            try await putBack(address, deadline: deadline)
        }
    }
}
