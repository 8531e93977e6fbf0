// SPDX-License-Identifier: GPL-3.0-or-later

import SecureShell
package import Vocabulary

/// What a function was bound to before we took it, kept on the board itself.
///
/// It is written before the first change and removed after the last one. A controller that dies in
/// between leaves it, and the next run repairs. It lies in `/run`, because a reboot undoes bindings.
package struct DriverNote: Sendable, Hashable {
    package let address: PCIAddress
    /// The driver that had it; nothing where no driver did.
    package let driver: String?
    /// The `driver_override` that was set; nothing where none was.
    package let override: String?

    package init(address: PCIAddress, driver: String?, override: String?) {
        self.address = address
        self.driver = driver
        self.override = override
    }

    static let folder = RemotePath("/run/doorbell/taken")

    var path: RemotePath { Self.folder.appending(address.description) }

    /// Two lines: `driver=nvme`, `override=`.
    package var text: String { "driver=\(driver ?? "")\noverride=\(override ?? "")\n" }

    /// Reads a note back; nothing for a text that is none, such as one cut short by a full disk.
    package init?(address: PCIAddress, text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0].hasPrefix("driver="), lines[1].hasPrefix("override="),
            lines[2].isEmpty
        else { return nil }
        let driver = lines[0].dropFirst("driver=".count)
        let override = lines[1].dropFirst("override=".count)
        self.init(
            address: address, driver: driver.isEmpty ? nil : String(driver),
            override: override.isEmpty ? nil : String(override))
    }
}
