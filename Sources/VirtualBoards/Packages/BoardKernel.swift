// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// Which kernel a board is to boot.
package enum BoardKernel: Sendable, Hashable {
    /// The newest kernel of Debian's arm64 archive whose package is meant.
    case debian(DebianPackage)
    /// A kernel that somebody built.
    ///
    /// The modules are its `lib/modules/RELEASE`; nothing when all that a board needs is built in.
    case files(image: FilePath, modules: FilePath?)

    /// Whether Debian may have a newer one tomorrow.
    var isPublished: Bool {
        if case .debian = self { return true }
        return false
    }

    /// The name under which the cache remembers what it stands for.
    var recordName: String {
        switch self {
        case .debian(let package): "kernel-" + package.pattern.replacing("*", with: "x")
        case .files(let image, _): image.lastComponent?.string ?? "files"
        }
    }
}
