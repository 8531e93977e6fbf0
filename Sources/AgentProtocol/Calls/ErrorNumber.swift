// SPDX-License-Identifier: GPL-3.0-or-later

/// An errno exactly as the kernel gave it, in Linux's generic numbering (arm64 uses it).
package struct ErrorNumber: RawRepresentable, Hashable, WireValue {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// The call succeeded.
    package static let none = ErrorNumber(rawValue: 0)
    package static let notPermitted = ErrorNumber(rawValue: 1)
    package static let noEntry = ErrorNumber(rawValue: 2)
    package static let interrupted = ErrorNumber(rawValue: 4)
    package static let inputOutput = ErrorNumber(rawValue: 5)
    package static let noMemory = ErrorNumber(rawValue: 12)
    package static let access = ErrorNumber(rawValue: 13)
    package static let busy = ErrorNumber(rawValue: 16)
    package static let exists = ErrorNumber(rawValue: 17)
    package static let noDevice = ErrorNumber(rawValue: 19)
    package static let invalid = ErrorNumber(rawValue: 22)
    package static let notTTY = ErrorNumber(rawValue: 25)
    package static let noSpace = ErrorNumber(rawValue: 28)
}

extension ErrorNumber: CustomStringConvertible {
    /// The kernel's name of it, `EPERM`; `errno 123` for one that VFIO is not known to give.
    package var description: String {
        switch rawValue {
        case 0: "OK"
        case 1: "EPERM"
        case 2: "ENOENT"
        case 4: "EINTR"
        case 5: "EIO"
        case 6: "ENXIO"
        case 7: "E2BIG"
        case 9: "EBADF"
        case 11: "EAGAIN"
        case 12: "ENOMEM"
        case 13: "EACCES"
        case 14: "EFAULT"
        case 16: "EBUSY"
        case 17: "EEXIST"
        case 19: "ENODEV"
        case 22: "EINVAL"
        case 23: "ENFILE"
        case 24: "EMFILE"
        case 25: "ENOTTY"
        case 28: "ENOSPC"
        case 34: "ERANGE"
        case 38: "ENOSYS"
        case 75: "EOVERFLOW"
        case 95: "EOPNOTSUPP"
        case 110: "ETIMEDOUT"
        default: "errno \(rawValue)"
        }
    }
}
