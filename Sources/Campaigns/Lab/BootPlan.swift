// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// How a lab file says that a board of kind ssh boots kernels that are brought to it.
package struct BootPlan: Hashable, Sendable {
    package let method: Method
    /// The release of the kernel that the board must come back to; its own default where none is
    /// stated.
    package let knownGood: String?
    /// The folder of the board that gets kernels; for netboot without meaning.
    package let folder: String
    /// An initrd for every kernel: a path on the board, or in the TFTP folder.
    package let initrd: String?
    /// A command of the board that makes an initrd.
    package let makeInitrd: [String]
    /// A device tree: a path on the board, or in the TFTP folder.
    package let deviceTree: String?
    /// Words behind those of the known-good kernel's command line.
    package let commandLine: [String]

    /// What boots it, and what only that needs.
    package enum Method: Hashable, Sendable {
        case kexec
        /// GRUB's folder on the board.
        case grub(menu: String)
        /// The file on the board, and the controller's command that puts it back.
        case extlinux(menu: String, restore: LocalCommand?)
        /// The controller's folder as it stands in the lab file, the menu in it, and who reads that.
        case netboot(folder: FilePath, menu: String, loader: Loader)
    }

    /// Who reads a menu from the network.
    package enum Loader: String, CaseIterable, Hashable, Sendable {
        case grub, pxelinux
    }
}

/// The words for `method`.
enum BootMethodWord: String, CaseIterable {
    case kexec, grub, extlinux, netboot
}

/// The keys of `boot`.
enum BootKey: String, CaseIterable {
    case method, folder, initrd, dtb, menu, restore, tftp, loader
    case knownGood = "known-good"
    case makeInitrd = "make-initrd"
    case commandLine = "command-line"
}
