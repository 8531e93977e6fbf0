// SPDX-License-Identifier: GPL-3.0-or-later

import CBoard

/// Standard output, for frames alone, and standard error, for people.
enum Output {
    /// Writes everything; false when nobody reads any more.
    static func write(_ bytes: [UInt8], to descriptor: Int32 = 1) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                CBoard.write(descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 {
                start += count
            } else if board_errno() != EINTR {
                return false
            }
        }
        return true
    }

    /// Tells on standard error what went wrong; that nobody reads it changes nothing.
    static func complain(_ text: String) {
        _ = write(Array(("doorbell agent: " + text + "\n").utf8), to: 2)
    }
}
