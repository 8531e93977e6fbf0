// SPDX-License-Identifier: GPL-3.0-or-later

extension Bool: WireValue {
    package func write(to writer: inout WireWriter) { writer.integer(UInt8(self ? 1 : 0)) }

    /// Reads a byte that is 0 or 1; any other is an error.
    package init(from reader: inout WireReader) throws(WireError) {
        let offset = reader.offset
        let found = try reader.integer(UInt8.self)
        guard found < 2 else { throw .meaningless(offset: offset, found: UInt64(found)) }
        self = found == 1
    }
}

extension Array: WireValue where Element: WireValue {
    package func write(to writer: inout WireWriter) {
        writer.integer(UInt32(truncatingIfNeeded: count))
        for element in self { element.write(to: &writer) }
    }

    /// Reads a count and the elements; a false count runs into the end and reserves nothing.
    package init(from reader: inout WireReader) throws(WireError) {
        let count = try reader.integer(UInt32.self)
        self.init()
        for _ in 0..<count { append(try Element(from: &reader)) }
    }
}

extension Optional: WireValue where Wrapped: WireValue {
    package func write(to writer: inout WireWriter) {
        (self != nil).write(to: &writer)
        self?.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        self = try Bool(from: &reader) ? Wrapped(from: &reader) : nil
    }
}

extension String: WireValue {
    package func write(to writer: inout WireWriter) { Array(utf8).write(to: &writer) }

    package init(from reader: inout WireReader) throws(WireError) {
        let offset = reader.offset
        let bytes = try [UInt8](from: &reader)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .text(offset: offset)
        }
        self = text
    }
}
