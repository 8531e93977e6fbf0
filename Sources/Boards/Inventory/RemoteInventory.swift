// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import PCIInventory
package import Scheduling
package import SecureShell
import SystemPackage
import Vocabulary

/// The PCI functions of a board: its sysfs mirrored over SSH and read by this machine's libpci.
package enum RemoteInventory {
    /// Mirrors and reads.
    /// - Returns: what the board printed, which is the raw evidence, and the functions.
    /// - Throws: `SSHError`, `SysfsMirrorError`, `PCIInventoryError`.
    package static func read(
        over connection: SSHConnection, deadline: Deadline
    ) async throws -> (mirror: String, devices: [PCIDevice]) {
        let command = RemoteCommand(script: SysfsMirror.program)
        let output = try await connection.run(command, deadline: deadline).succeeded()
        return (output.text, try capture(output.standardOutput))
    }

    /// Mirrors through the agent and reads.
    /// - Returns: as `read(over:deadline:)`.
    /// - Throws: `BoardFileError`, `SysfsMirrorError`, `PCIInventoryError`.
    package static func read(
        through files: any BoardFiles
    ) async throws -> (mirror: String, devices: [PCIDevice]) {
        let text = try await MirrorReading.text(through: files)
        return (text, try capture(Array(text.utf8)))
    }

    private static func capture(_ text: [UInt8]) throws -> [PCIDevice] {
        let mirror = try SysfsMirror(parsing: text)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-mirror-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer {
            // A leftover in the temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        let path = FilePath(folder.path)
        try mirror.write(to: path)
        return try PCISnapshot.capture(from: .sysfs(path))
    }
}
