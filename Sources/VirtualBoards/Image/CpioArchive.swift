// SPDX-License-Identifier: GPL-3.0-or-later

/// An archive in the "new ASCII" cpio format that the kernel unpacks as its first root file system.
///
/// The format is that of Linux 6.12, Documentation/driver-api/early-userspace/buffer-format.rst.
/// The same entries give the same bytes: no times, no owner but root, inode numbers by order.
package struct CpioArchive {
    /// What an entry holds.
    package enum Content: Sendable {
        case folder
        case file([UInt8], isExecutable: Bool = false)
        case link(to: String)
        case characterDevice(major: UInt32, minor: UInt32)
    }

    package private(set) var bytes: [UInt8] = []
    private var count: UInt32 = 0

    package init() {}

    /// Adds an entry; the folders on its way must have been added before.
    /// - Parameters:
    ///   - path: without a leading slash.
    ///   - content: what it is, and what is in it.
    ///   - permissions: the nine bits; without them, what its kind usually has.
    package mutating func add(_ path: String, _ content: Content, permissions: UInt32? = nil) {
        switch content {
        case .folder: append(path, mode: 0o040000 | (permissions ?? 0o755))
        case .file(let data, let isExecutable):
            append(path, mode: 0o100000 | (permissions ?? (isExecutable ? 0o755 : 0o644)), data)
        case .link(let target): append(path, mode: 0o120777, Array(target.utf8))
        case .characterDevice(let major, let minor):
            append(path, mode: 0o020000 | (permissions ?? 0o600), device: (major, minor))
        }
    }

    /// Ends the archive and gives its bytes.
    package consuming func finished() -> [UInt8] {
        append("TRAILER!!!", mode: 0)
        bytes += Array(repeating: 0, count: -bytes.count & 511)
        return bytes
    }

    private mutating func append(
        _ path: String, mode: UInt32, _ data: [UInt8] = [],
        device: (major: UInt32, minor: UInt32) = (0, 0)
    ) {
        count += 1
        let nameSize = UInt32(path.utf8.count + 1)
        let links: UInt32 = 1
        let fields: [UInt32] = [
            count, mode, 0, 0, links, 0, UInt32(data.count), 0, 0, device.major, device.minor,
            nameSize, 0,
        ]
        bytes += "070701".utf8
        for field in fields { bytes += Self.hex(field) }
        bytes += path.utf8
        bytes.append(0)
        pad()
        bytes += data
        pad()
    }

    private mutating func pad() { bytes += Array(repeating: 0, count: -bytes.count & 3) }

    private static func hex(_ value: UInt32) -> [UInt8] {
        (0..<8).reversed().map { digits[Int(value >> (4 * UInt32($0)) & 15)] }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
