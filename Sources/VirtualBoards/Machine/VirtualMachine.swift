// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage

/// The door to QEMU.
package enum VirtualMachine {
    /// Switches a virtual board on, gives it to the body once SSH answers, and switches it off.
    ///
    /// QEMU lives exactly as long as the body, a cancelled one included; it dies with the
    /// controller even if that is killed. Several boards may run at once.
    /// - Parameters:
    ///   - spec: the board.
    ///   - image: what it boots.
    ///   - consoleLog: gets everything the board writes, each line with its times.
    ///   - deadline: until when the board must be ready.
    ///   - body: works with the board.
    /// - Returns: what the body returned.
    /// - Throws: `MachineError`, `QMPError`, `CancellationError`; what the body throws.
    package static func withMachine<Value>(
        _ spec: MachineSpec, image: BoardImage, consoleLog: FilePath, deadline: Deadline,
        _ body: (BootedMachine) async throws -> Value
    ) async throws -> Value {
        try check(spec, image)
        var power = PowerOn(spec: spec, image: image, consoleLog: consoleLog, deadline: deadline)
        do {
            return try await power.run(body)
        } catch let loss as SnapshotLoss {
            // The body has not had the board yet: nothing that it does throws this.
            power.loss = loss
            return try await power.run(body)
        }
    }

    private static func check(_ spec: MachineSpec, _ image: BoardImage) throws(MachineError) {
        for (what, path) in [("kernel", image.kernel.image), ("initial file system", image.initrd)]
        where !FileManager.default.isReadableFile(atPath: path.string) {
            throw .noFile(board: spec.name, what: what, path: path.string)
        }
        try requireTool()
    }

    /// Sees to it that QEMU is installed, before anything is fetched for it.
    /// - Throws: `MachineError.noQEMU`.
    package static func requireTool() throws(MachineError) {
        guard place(of: QEMUArguments.tool) != nil else { throw .noQEMU(tool: QEMUArguments.tool) }
    }

    /// Where a tool lies; nothing where it is not installed.
    static func place(of tool: String) -> FilePath? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { FilePath("\($0)/\(tool)") }.first {
            FileManager.default.isExecutableFile(atPath: $0.string)
        }
    }
}
