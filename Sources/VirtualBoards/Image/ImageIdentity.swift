// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto

/// The hash of everything that goes into an image: the name under which it is kept.
package struct ImageIdentity: Hashable, CustomStringConvertible {
    /// The first 16 bytes of a SHA-256, in hexadecimal.
    package let description: String

    package init(
        kernel: KernelFiles, userland: [PackageFile], hostKey: PublicKeyLine,
        clientKey: PublicKeyLine
    ) {
        let inputs =
            [
                "image \(InitialFileSystem.version)", InitScript.text,
                // Without modules the same image serves every kernel.
                kernel.modules == nil ? "" : kernel.origin,
                (KernelModules.wanted + KernelModules.welcome).joined(separator: " "),
                hostKey.description, clientKey.description,
            ] + userland.map { "\($0.name) \($0.hash)" }.sorted()
        var hash = SHA256()
        for input in inputs {
            // Lengths first: no two lists of inputs may look alike when joined.
            hash.update(data: Array("\(input.utf8.count) ".utf8))
            hash.update(data: Array(input.utf8))
        }
        description = hash.finalize().prefix(16)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
