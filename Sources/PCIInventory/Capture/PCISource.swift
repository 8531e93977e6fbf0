// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// Where an inventory comes from.
package enum PCISource: Hashable, Sendable {
    /// This machine's own `/sys`.
    case thisMachine
    /// A folder that stands for `/sys`, such as one that `SysfsMirror` wrote.
    case sysfs(FilePath)
    /// The output of `lspci -x`, `-xxx` or `-xxxx`, with or without `-v` and `-D`.
    case dump(FilePath)
}

extension PCISource: CustomStringConvertible {
    package var description: String {
        switch self {
        case .thisMachine: "/sys"
        case .sysfs(let folder): folder.string
        case .dump(let file): file.string
        }
    }
}
