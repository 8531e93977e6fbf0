// SPDX-License-Identifier: GPL-3.0-or-later

/// The block devices in `/proc/self/mountinfo` (`Documentation/filesystems/proc.rst`, 3.5).
package struct MountTable: Sendable {
    /// `major:minor` of each mounted block device, and where it is mounted first.
    package let blockDevices: [String: String]

    /// Reads the file; lines of another shape and file systems without a device are passed over.
    package init(_ text: String) {
        var devices: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[2].contains(":"), !fields[2].hasPrefix("0:") else {
                continue
            }
            if devices[String(fields[2])] == nil {
                devices[String(fields[2])] = String(fields[4])
            }
        }
        blockDevices = devices
    }
}
