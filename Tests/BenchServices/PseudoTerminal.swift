// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// A serial line of this machine: what is written here comes out of a device file.
package final class PseudoTerminal: Sendable {
    let master: FileDescriptor
    /// The device file: `/dev/pts/3`.
    package let path: String

    /// Makes a line.
    /// - Throws: `Errno`.
    package init() throws {
        master = try FileDescriptor.open(
            "/dev/ptmx", .readWrite, options: [.closeOnExec, .nonBlocking])
        // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), which glibc's functions are made of.
        var (lock, number) = (Int32(0), UInt32(0))
        guard ioctl(master.rawValue, UInt(0x4004_5431), &lock) == 0,
            ioctl(master.rawValue, UInt(0x8004_5430), &number) == 0
        else { throw Errno(rawValue: errno) }
        path = "/dev/pts/\(number)"
    }

    deinit { try? master.close() }

    /// Says something on the line; it is lost when nobody reads the line and it is full.
    package func say(_ bytes: [UInt8]) throws { _ = try master.writeAll(bytes) }
    /// Says a text on the line.
    package func say(_ text: String) throws { try say(Array(text.utf8)) }
}
