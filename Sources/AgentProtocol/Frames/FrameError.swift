// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a stream of bytes is not a stream of frames; offsets count from the stream's first byte.
package enum FrameError: Error, Equatable, Sendable {
    /// Something else stands where a frame must begin; `found` is the start of it.
    case noMagic(offset: UInt64, found: [UInt8])
    /// A frame announces more than `Frame.longestPayload`.
    case tooLong(offset: UInt64, length: UInt32)
    /// A frame arrived damaged.
    case checksum(offset: UInt64, computed: UInt32, found: UInt32)
    /// The stream ended inside a frame, of which `have` bytes came.
    case endedInside(offset: UInt64, have: Int)

    /// Where the frame began that could not be read.
    package var offset: UInt64 {
        switch self {
        case .noMagic(let offset, _), .tooLong(let offset, _), .checksum(let offset, _, _),
            .endedInside(let offset, _):
            offset
        }
    }
}

extension FrameError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noMagic(let offset, let found):
            "stream byte \(offset): a frame must begin here, found \(Self.quoted(found))"
        case .tooLong(let offset, let length):
            "stream byte \(offset): a frame of \(length) bytes, at most \(Frame.longestPayload) are accepted"
        case .checksum(let offset, let computed, let found):
            "stream byte \(offset): a damaged frame, checksum \(found) instead of \(computed)"
        case .endedInside(let offset, let have):
            "stream byte \(offset): the stream ended after \(have) bytes of a frame"
        }
    }

    /// Printable ASCII as it is, everything else as `\xNN`.
    private static func quoted(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            if byte >= 0x20, byte < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return "\"" + text + "\""
    }
}
