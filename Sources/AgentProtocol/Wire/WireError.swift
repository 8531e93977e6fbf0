// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a payload could not be read; offsets count from the payload's first byte.
package enum WireError: Error, Equatable, Sendable {
    /// The payload ends before the value does.
    case truncated(offset: Int, needed: Int, left: Int)
    /// Bytes are left over behind the last value.
    case trailing(offset: Int, count: Int)
    /// A number has no meaning in its place.
    case meaningless(offset: Int, found: UInt64)
    /// A text is not UTF-8.
    case text(offset: Int)

    /// Where in the payload reading stopped.
    package var offset: Int {
        switch self {
        case .truncated(let offset, _, _), .trailing(let offset, _),
            .meaningless(let offset, _), .text(let offset):
            offset
        }
    }
}

extension WireError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated(let offset, let needed, let left):
            "payload byte \(offset): \(needed) bytes wanted, \(left) left"
        case .trailing(let offset, let count):
            "payload byte \(offset): \(count) bytes too many"
        case .meaningless(let offset, let found):
            "payload byte \(offset): \(found) has no meaning here"
        case .text(let offset):
            "payload byte \(offset): text that is not UTF-8"
        }
    }
}
