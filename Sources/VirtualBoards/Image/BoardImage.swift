// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage

/// Everything that a virtual board boots from, and the keys that open it.
package struct BoardImage: Sendable, Hashable {
    package let kernel: KernelFiles
    package let initrd: FilePath
    /// The key that the board's SSH server shows; made before the board was.
    package let hostKey: PublicKeyLine
    /// The private key that the board lets in.
    package let clientKey: FilePath

    package init(
        kernel: KernelFiles, initrd: FilePath, hostKey: PublicKeyLine, clientKey: FilePath
    ) {
        self.kernel = kernel
        self.initrd = initrd
        self.hostKey = hostKey
        self.clientKey = clientKey
    }
}

/// A kernel as files of this machine.
package struct KernelFiles: Sendable, Hashable {
    /// Where it comes from: `linux-image-6.1.0-56-arm64_6.1.192-2_arm64.deb SHA256:…`, or a path.
    package let origin: String
    /// What QEMU boots.
    package let image: FilePath
    /// Its `lib/modules/RELEASE`, if it has modules.
    package let modules: FilePath?

    package init(origin: String, image: FilePath, modules: FilePath?) {
        self.origin = origin
        self.image = image
        self.modules = modules
    }

    /// Takes a kernel that somebody built; its size and time stand for its content.
    init(built image: FilePath, modules: FilePath?) {
        var status = stat()
        _ = stat(image.string, &status)
        let time = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        self.init(
            origin: "\(image) \(status.st_size) \(time)", image: image, modules: modules)
    }
}
