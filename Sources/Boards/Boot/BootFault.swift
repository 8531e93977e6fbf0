// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Why a kernel could not be brought to a board: the bench's fault, for the kernel never ran.
package struct BootFault: Blame, Hashable {
    package let board: BoardName
    package let cause: Cause

    /// What is in the way.
    package enum Cause: Sendable, Hashable {
        /// A file system of the board is too full.
        case noSpace(folder: String, needed: ByteCount, free: ByteCount)
        /// The boot loader's files are not what one-shot boots need.
        case menu(path: String, reason: String)
        /// A file of the controller that could not be read or written.
        case file(path: String, reason: String)
    }

    package init(board: BoardName, cause: Cause) {
        self.board = board
        self.cause = cause
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "be given a kernel", cause: cause.sentence,
            remedy: cause.remedy)
    }
}

extension BootFault.Cause {
    fileprivate var sentence: String {
        switch self {
        case .noSpace(let folder, let needed, let free):
            "\(folder) has \(Self.kibibytes(free)) KiB left, and \(Self.kibibytes(needed)) KiB "
                + "are needed"
        case .menu(let path, let reason): "\(path) \(reason)"
        case .file(let path, let reason): "\(path): \(reason)"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .noSpace(let folder, _, _):
            "Remove what nobody boots any more from \(folder); nothing was changed on the board."
        case .menu: "Labs/README.md says what each boot method needs."
        case .file: ""
        }
    }

    private static func kibibytes(_ count: ByteCount) -> UInt64 { (count.rawValue + 1023) >> 10 }
}
