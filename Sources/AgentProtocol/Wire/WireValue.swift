// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that both ends of the stream write and read in the same way.
package protocol WireValue: Equatable, Sendable {
    /// Appends the value to a payload.
    func write(to writer: inout WireWriter)
    /// Reads the value from a payload.
    init(from reader: inout WireReader) throws(WireError)
}

extension WireValue {
    /// The value alone as a payload.
    package var payload: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads a payload that holds this value and nothing else.
    package init(payload: [UInt8]) throws(WireError) {
        var reader = WireReader(payload)
        try self.init(from: &reader)
        try reader.finish()
    }
}

extension WireValue where Self: FixedWidthInteger {
    package func write(to writer: inout WireWriter) { writer.integer(self) }
    package init(from reader: inout WireReader) throws(WireError) { self = try reader.integer() }
}

extension UInt8: WireValue {}
extension UInt16: WireValue {}
extension UInt32: WireValue {}
extension UInt64: WireValue {}
extension Int32: WireValue {}
extension Int64: WireValue {}

extension WireValue where Self: RawRepresentable, RawValue: FixedWidthInteger {
    package func write(to writer: inout WireWriter) { writer.integer(rawValue) }

    package init(from reader: inout WireReader) throws(WireError) {
        let offset = reader.offset
        let found = try reader.integer(RawValue.self)
        guard let value = Self(rawValue: found) else {
            throw .meaningless(offset: offset, found: UInt64(truncatingIfNeeded: found))
        }
        self = value
    }
}
