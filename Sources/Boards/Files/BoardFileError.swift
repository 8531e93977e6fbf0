// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell
package import Vocabulary

/// A file of a board that could not be read or written.
package struct BoardFileError: Blame, Hashable {
    package let path: RemotePath
    /// The end of "could not …": "read", "write 'vfio-pci' to".
    package let action: String
    package let errno: KernelErrno

    package init(path: RemotePath, action: String, errno: KernelErrno) {
        self.path = path
        self.action = action
        self.errno = errno
    }

    /// Whether the file is simply not there.
    package var isAbsence: Bool {
        errno == .noEntry || errno == .noDevice || errno.rawValue == 6 || errno.rawValue == 20
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(subject: "the board", action: "\(action) \(path)", cause: "\(errno)")
    }
}
