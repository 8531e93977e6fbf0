// SPDX-License-Identifier: GPL-3.0-or-later

import CBoard

/// The bytes of a VFIO structure that may be longer than its head: an answer with capabilities.
struct Answer {
    private(set) var bytes: [UInt8]

    /// Takes bytes that came by another way.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Makes a zeroed structure whose first field, `argsz`, says how long it is.
    init(length: Int) {
        bytes = [UInt8](repeating: 0, count: length)
        set(0, UInt32(length))
    }

    mutating func set(_ offset: Int, _ value: UInt32) {
        for index in 0..<4 {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }

    /// The number at an offset; 0 where the structure is too short for it.
    func word(_ offset: Int) -> UInt32 {
        guard offset >= 0, offset + 4 <= bytes.count else { return 0 }
        var value: UInt32 = 0
        for index in 0..<4 { value |= UInt32(bytes[offset + index]) << (8 * index) }
        return value
    }

    func long(_ offset: Int) -> UInt64 { UInt64(word(offset)) | UInt64(word(offset + 4)) << 32 }

    func half(_ offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: word(offset)) }

    /// Hands the structure to an ioctl.
    mutating func ioctl(_ descriptor: Int32, _ request: UInt) -> Int {
        bytes.withUnsafeMutableBytes { Int(board_ioctl(descriptor, request, $0.baseAddress)) }
    }

    /// Walks the chain of capabilities: their ID and where each begins in this structure.
    ///
    /// The chain is `struct vfio_info_cap_header`: ID, version, offset of the next.
    func capability(_ wanted: UInt16, from first: Int) -> Int? {
        var offset = first
        var seen = 0
        while offset >= 8, offset + 8 <= bytes.count, seen < 64 {
            if half(offset) == wanted { return offset }
            offset = Int(word(offset + 4))
            seen += 1
        }
        return nil
    }
}
