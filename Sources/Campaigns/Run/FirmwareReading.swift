// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import SecureShell
import Vocabulary

/// Reads what firmware tells of MSI controllers and SMMUs: a device tree, or ACPI tables.
enum FirmwareReading {
    /// Reads them, as dumps; what a board does not have is empty.
    static func read(
        from files: any BoardFiles
    ) async throws -> (tree: String, madt: String, iort: String) {
        let path = RemotePath(DeviceTreeText.path)
        let header = UInt32(DeviceTreeText.headerLength)
        let reports = try await files.carryOut([
            .readStart(path, count: header), .read(RemotePath(MADTText.path)),
            .read(RemotePath(IORTText.path)),
        ])
        let madt = try reports[1].ifPresent?.bytes() ?? []
        let iort = try reports[2].ifPresent?.bytes() ?? []
        var tree = try reports[0].ifPresent?.bytes() ?? []
        if let used = DeviceTreeText.usedLength(tree) {
            tree = try await files.carryOut([.readStart(path, count: used)])[0].bytes()
        }
        return (
            OctalDump.text(of: tree), OctalDump.text(of: madt), OctalDump.text(of: iort)
        )
    }
}
