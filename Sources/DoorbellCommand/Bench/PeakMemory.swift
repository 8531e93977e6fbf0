// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage
package import Vocabulary

/// The most memory that a run had resident: the kernel's own count, passed on in a file.
///
/// The run reads it of itself at its end. What `wait4` says of a child also counts its children, and
/// a board's memory with them.
package enum PeakMemory {
    private static let file = "peak-memory"

    /// Leaves `VmHWM` of this process in a folder (`Documentation/filesystems/proc.rst`).
    package static func write(to folder: FilePath) throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        try status.write(
            toFile: folder.appending(file).string, atomically: true, encoding: .utf8)
    }

    /// Reads what a run left; nothing where it left none.
    package static func read(from folder: FilePath) -> ByteCount? {
        let status = try? String(contentsOfFile: folder.appending(file).string, encoding: .utf8)
        return status.flatMap(peak(in:))
    }

    /// Finds the line `VmHWM:     31234 kB`.
    package static func peak(in status: String) -> ByteCount? {
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            let number = line.dropFirst(6).split(whereSeparator: { " \t".contains($0) }).first
            guard words.last == "kB", let number, let kibibytes = UInt64(number) else { return nil }
            return .kibibytes(kibibytes)
        }
        return nil
    }
}
