// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes the length-prefixed strings that SSH's key formats are made of (RFC 4251, section 5).
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func string(_ text: String) { string(Array(text.utf8)) }

    mutating func string(_ data: [UInt8]) {
        integer(UInt32(data.count))
        bytes += data
    }

    mutating func integer(_ value: UInt32) {
        bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    mutating func raw(_ data: some Sequence<UInt8>) { bytes += data }
}
