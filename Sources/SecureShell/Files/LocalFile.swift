// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Files of this machine that are sent to a board.
enum LocalFile {
    /// Reads all of a file.
    /// - Throws: `Errno`.
    static func read(_ path: FilePath) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly)
        return try file.closeAfter {
            var bytes: [UInt8] = []
            while true {
                let piece = unsafe try [UInt8](unsafeUninitializedCapacity: 1 << 20) {
                    buffer, count in
                    count = unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                if piece.isEmpty { return bytes }
                bytes += piece
            }
        }
    }
}
