// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// Why something could not be written to the results or read from them.
package enum ArchiveError: Blame, Hashable {
    /// The disk is full. What had been written before is still there.
    case noSpace(path: String, action: String)
    /// The operating system refused.
    case refused(path: String, action: String, errno: Errno)
    /// A file of an archive does not hold what it should.
    case damaged(path: String, cause: String)
    /// A piece of evidence would overwrite another, or leave its folder.
    case badFileName(String, folder: String)

    init(_ errno: Errno, path: FilePath, action: String) {
        let full = [Errno.noSpace, .diskQuotaExceeded].contains(errno)
        self =
            full
            ? .noSpace(path: path.string, action: action)
            : .refused(path: path.string, action: action, errno: errno)
    }

    package var kind: FaultKind {
        switch self {
        case .noSpace, .refused, .damaged: .bench
        case .badFileName: .harness
        }
    }

    package var account: Account {
        switch self {
        case .noSpace(let path, let action):
            Account(
                subject: path, action: action, cause: "no space is left on the device",
                remedy: "Make room, or remove old runs; what was written before is kept.")
        case .refused(let path, let action, let errno):
            Account(
                subject: path, action: action, cause: errno.description,
                remedy: "See to it that the results folder may be read and written.")
        case .damaged(let path, let cause):
            Account(
                subject: path, action: "be read back", cause: cause,
                remedy: "The other files of the run may still tell what was observed.")
        case .badFileName(let name, let folder):
            Account(
                subject: folder, action: "take a file named '\(name)'",
                cause: "a file's name in the archive is one word of letters, digits, '.', '_', '-'")
        }
    }
}
