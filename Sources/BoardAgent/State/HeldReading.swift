// SPDX-License-Identifier: GPL-3.0-or-later

/// A file that was read in part: the next piece belongs to the same reading.
struct HeldReading {
    let path: String
    let descriptor: Int32
    /// Where the next piece begins.
    var offset: UInt64
}
