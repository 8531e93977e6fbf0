// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import Passthrough
import Scheduling
import VirtualBoards
import Vocabulary

extension StepRunner {
    /// Pulls a device out, and waits until it is gone, or until the kernel says that it waits for us.
    mutating func unplug(_ name: DeviceName, into record: inout StepRecord) async throws {
        let (slots, address) = try slot(of: name)
        let before = try await files.kernelLog()
        let limit = deadline(for: record)
        do {
            try await slots.pull(address, deadline: limit)
        } catch let error as MachineError {
            throw StepObstacle(description: "\(error)", kind: error.kind)
        }
        stage.unplugged.insert(name)
        stage.givenBack.remove(name)
        if stage.devices[name] == nil {
            try await slots.awaitGone(address, deadline: limit)
        } else {
            try await awaitRemoval(of: address, since: before, limit)
        }
        try await keepLog(since: before, index: record.index)
    }

    /// Puts a device back, and waits until its host driver has armed it.
    mutating func plug(_ name: DeviceName, into record: inout StepRecord) async throws {
        let (slots, address) = try slot(of: name)
        let before = try await files.kernelLog()
        try await slots.putBack(address, deadline: deadline(for: record))
        stage.unplugged.remove(name)
        stage.givenBack.insert(name)
        try await awaitMessages(of: address)
        try await keepLog(since: before, index: record.index)
    }

    /// Waits until devices are gone that were pulled out while they were open, and are not any more.
    func seeOff(_ record: StepRecord) async throws {
        for name in stage.unplugged.sorted() where stage.devices[name] == nil {
            let (slots, address) = try slot(of: name)
            try await slots.awaitGone(address, deadline: deadline(for: record))
        }
    }

    private func slot(of name: DeviceName) throws -> (DeviceSlots, PCIAddress) {
        guard let slots, let address = stage.taken[name]?.address else {
            throw StepObstacle(description: "nobody can pull '\(name)' out", kind: .suite)
        }
        return (DeviceSlots(slots: slots, files: files, hold: hold), address)
    }

    private func deadline(for record: StepRecord) -> Deadline {
        .after(patience, for: "step \(record.index): \(record.step)")
    }

    /// The kernel tells in its log alone that a removal waits (`vfio_pci_core_request`, 6.1).
    private func awaitRemoval(
        of address: PCIAddress, since before: String, _ limit: Deadline
    ) async throws {
        while true {
            let growth = KernelLogGrowth(from: before, to: try await files.kernelLog()).added
            let lines = growth.split(separator: "\n")
            if lines.contains(where: { $0.contains("\(address)") && $0.contains(Self.waits) }) {
                return
            }
            guard !limit.hasPassed else { throw UnseenRemoval(device: address) }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private static let waits = "blocked until released by user"
}

/// A kernel that does not notice that a device was pulled out.
struct UnseenRemoval: Blame, Hashable {
    let device: PCIAddress

    var kind: FaultKind { .kernel }

    var account: Account {
        Account(
            subject: "the kernel", action: "see that \(device) was pulled out",
            cause: "its log does not say that a removal waits",
            remedy: "A root port that shares the group of an assigned device has no mapping for "
                + "its own MSIs: let the kernel ask it, with pciehp.pciehp_poll_mode=1 on its "
                + "command line.")
    }
}
