// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Passthrough
import Scheduling
import SecureShell

/// The drivers that a board must have before a device can be given to VFIO.
enum VFIODrivers {
    private static let pci = RemotePath("/sys/bus/pci/drivers/vfio-pci")
    private static let type1 = RemotePath("/sys/module/vfio_iommu_type1")

    /// Loads them where they are modules; boards of our own have them already.
    /// - Throws: `PassthroughError.noDriver` for a kernel that has none.
    static func load(on board: LiveBoard) async throws {
        if try await arePresent(on: board) { return }
        let command = RemoteCommand("modprobe", ["-a", "vfio-pci", "vfio_iommu_type1"])
        let deadline = Deadline.after(
            board.budgets.step, for: "board \(board.name) to load vfio-pci")
        // Its status is not asked: built-in drivers make it fail too, and the look behind it decides.
        _ = try await board.connection.run(command, deadline: deadline)
        guard try await arePresent(on: board) else { throw PassthroughError.noDriver }
    }

    private static func arePresent(on board: LiveBoard) async throws -> Bool {
        let reports = try await board.files.carryOut([.list(pci), .list(type1)])
        for report in reports {
            guard let present = report.ifPresent else { return false }
            try present.succeeded()
        }
        return true
    }
}
