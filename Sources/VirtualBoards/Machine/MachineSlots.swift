// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

/// The slots of a running virtual board, out of which devices can be pulled.
package actor MachineSlots {
    private let board: String
    private let monitor: QMPClient
    private let devices: [MachineDevice]
    private let folder: RunFolder
    /// What was pulled out, and where it was.
    private var out: [PCIAddress: MachineDevice] = [:]
    /// Those of them that the board has let go.
    private var gone: Set<PCIAddress> = []

    init(board: String, monitor: QMPClient, devices: [MachineDevice], folder: RunFolder) {
        self.board = board
        self.monitor = monitor
        self.devices = devices
        self.folder = folder
    }

    /// Presses the button of a device's slot; the board's kernel lets the device go in its own time.
    /// - Throws: `MachineError.notPluggable` for a device that sits in no slot of its own;
    ///   `QMPError`, `DeadlineExceeded`.
    package func pull(_ address: PCIAddress, deadline: Deadline) async throws {
        let answer = try await monitor.execute("query-pci", deadline: deadline)
        guard let id = PCIQuery(answer).device(at: address),
            let device = devices.first(where: { $0.id == id }), device.isBehindRootPort
        else { throw MachineError.notPluggable(board: board, address: address) }
        try await monitor.askToRelease(id, deadline: deadline)
        out[address] = device
    }

    /// Awaits that the board has let a pulled device go.
    package func awaitGone(_ address: PCIAddress, deadline: Deadline) async throws {
        guard let device = out[address], !gone.contains(address) else { return }
        try await monitor.awaitRelease(of: device.id, deadline: deadline)
        gone.insert(address)
    }

    /// Puts a device back that is gone.
    /// - Throws: `QMPError.garbage` with what QEMU says against it.
    package func plug(_ address: PCIAddress, deadline: Deadline) async throws {
        guard let device = out[address] else { return }
        let words = DeviceArguments(device: device, folder: folder).plugging
        let answer = try await monitor.monitor("device_add \(words)", deadline: deadline)
        guard answer.allSatisfy(\.isWhitespace) else { throw QMPError.garbage(line: answer) }
        out[address] = nil
        gone.remove(address)
    }

    /// What was pulled out and not put back.
    package var missing: [PCIAddress] { out.keys.sorted() }
}
