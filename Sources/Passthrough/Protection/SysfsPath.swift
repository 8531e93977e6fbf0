// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Reads what a sysfs path says.
package enum SysfsPath {
    /// Lists the PCI functions that a device path goes through, from the root down.
    package static func functions(in path: String) -> [PCIAddress] {
        path.split(separator: "/").compactMap { PCIAddress($0) }
    }

    /// The last component: a driver's or group's name from the link that points to it.
    package static func lastComponent(of path: String) -> String {
        String(path.split(separator: "/").last ?? "")
    }
}
