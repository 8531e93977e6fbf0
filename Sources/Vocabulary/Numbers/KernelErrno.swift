// SPDX-License-Identifier: GPL-3.0-or-later

/// An error number of the Linux kernel, with the name that a kernel engineer knows it by.
///
/// The numbers are those of `include/uapi/asm-generic/errno-base.h` and `errno.h`, which arm64 uses.
/// Zero is success.
package struct KernelErrno: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let none = KernelErrno(rawValue: 0)
    package static let notPermitted = KernelErrno(rawValue: 1)
    package static let noEntry = KernelErrno(rawValue: 2)
    package static let inputOutput = KernelErrno(rawValue: 5)
    package static let badDescriptor = KernelErrno(rawValue: 9)
    package static let outOfMemory = KernelErrno(rawValue: 12)
    package static let accessDenied = KernelErrno(rawValue: 13)
    package static let badAddress = KernelErrno(rawValue: 14)
    package static let busy = KernelErrno(rawValue: 16)
    package static let exists = KernelErrno(rawValue: 17)
    package static let noDevice = KernelErrno(rawValue: 19)
    package static let invalid = KernelErrno(rawValue: 22)
    package static let notTypewriter = KernelErrno(rawValue: 25)
    package static let fileTooBig = KernelErrno(rawValue: 27)
    package static let noSpace = KernelErrno(rawValue: 28)
    package static let outOfRange = KernelErrno(rawValue: 34)
    package static let overflow = KernelErrno(rawValue: 75)
    package static let addressInUse = KernelErrno(rawValue: 98)
    package static let timedOut = KernelErrno(rawValue: 110)
}

extension KernelErrno: CustomStringConvertible {
    /// `EINVAL`, `OK` for zero, `errno 93` where the name is not known.
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
        case 25: "ENOTTY"
        case 27: "EFBIG"
        case 28: "ENOSPC"
        case 34: "ERANGE"
        case 61: "ENODATA"
        case 75: "EOVERFLOW"
        case 95: "EOPNOTSUPP"
        case 98: "EADDRINUSE"
        case 110: "ETIMEDOUT"
        default: "errno \(rawValue)"
        }
    }
}

/// A moment on a board's own CLOCK_MONOTONIC, in nanoseconds since its boot.
///
/// The trace instance of a case runs on the same clock (`trace_clock` = `mono`), so that an event
/// is attributed to the call during which it happened.
package struct BoardInstant: RawRepresentable, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// Seconds with nine digits, as trace text prints them: `12.000345678`.
    package var description: String {
        let fraction = String(rawValue % 1_000_000_000)
        let zeros = String(repeating: "0", count: 9 - fraction.utf8.count)
        return "\(rawValue / 1_000_000_000).\(zeros)\(fraction)"
    }
}
