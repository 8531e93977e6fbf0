// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// A kernel as files of this machine, to be brought to a board.
package struct BootableKernel: Sendable, Hashable {
    package let name: KernelName
    /// The arm64 `Image`.
    package let image: FilePath
    /// Its `lib/modules/RELEASE`, where it has modules.
    package let modules: FilePath?
    /// What `uname -r` will say.
    package let release: String
    /// Of the recipe's command line, behind what the board needs.
    package let words: [String]

    package init(
        name: KernelName, image: FilePath, modules: FilePath?, release: String, words: [String]
    ) {
        self.name = name
        self.image = image
        self.modules = modules
        self.release = release
        self.words = words
    }
}

/// What a lab file says of a board that kernels are brought to.
package struct BootGround: Sendable, Hashable {
    /// The folder of the board that gets kernels.
    package let folder: String
    /// An initrd that lies on the board and goes with every kernel.
    package let initrd: String?
    /// A command of the board that makes an initrd; `{release}` and `{initrd}` in it are replaced.
    package let makeInitrd: [String]
    /// A device tree that lies on the board, instead of the firmware's.
    package let deviceTree: String?
    /// Words of the command line behind those of the known-good kernel.
    package let words: [String]

    package init(
        folder: String, initrd: String? = nil, makeInitrd: [String] = [],
        deviceTree: String? = nil, words: [String] = []
    ) {
        self.folder = folder
        self.initrd = initrd
        self.makeInitrd = makeInitrd
        self.deviceTree = deviceTree
        self.words = words
    }
}
