// SPDX-License-Identifier: GPL-3.0-or-later

internal import Vocabulary

/// What one line of an lspci dump is.
enum DumpLine {
    /// `0000:00:02.0 Ethernet controller: …`
    case function(PCIAddress)
    /// `10: 04 00 …`
    case bytes(offset: Int)
    /// Between two functions.
    case empty
    /// The indented lines of `lspci -v`: they carry nothing that the bytes do not.
    case detail

    /// Reads a line without its line end; the bytes that it holds replace those of `values`.
    init(_ line: Span<UInt8>, bytes values: inout [UInt8]) throws(DumpLineFlaw) {
        values.removeAll(keepingCapacity: true)
        guard let first = line.isEmpty ? nil : line[0] else {
            self = .empty
            return
        }
        guard first != UInt8(ascii: "\t"), first != UInt8(ascii: " ") else {
            self = .detail
            return
        }
        var digits = 0
        while digits < line.count, HexadecimalBytes.value(of: line[digits]) != nil { digits += 1 }
        guard digits >= 2, digits + 1 < line.count, line[digits] == UInt8(ascii: ":") else {
            throw .notLspci
        }
        self =
            line[digits + 1] == UInt8(ascii: " ")
            ? try Self.readBytes(line, digits: digits, into: &values) : try Self.readFunction(line)
    }

    private static func readBytes(
        _ line: Span<UInt8>, digits: Int, into values: inout [UInt8]
    ) throws(DumpLineFlaw) -> DumpLine {
        guard digits <= 3 else { throw .beyondConfigurationSpace }
        var offset = 0
        for place in 0..<digits {
            offset = offset << 4 | Int(HexadecimalBytes.value(of: line[place]) ?? 0)
        }
        var place = digits + 2
        while place < line.count {
            guard place + 1 < line.count, let high = HexadecimalBytes.value(of: line[place]),
                let low = HexadecimalBytes.value(of: line[place + 1]),
                place + 2 == line.count || line[place + 2] == UInt8(ascii: " ")
            else { throw .badBytes }
            values.append(high << 4 | low)
            place += 3
        }
        guard 1...16 ~= values.count else { throw .badBytes }
        guard offset + values.count <= ConfigurationSpace.largest else {
            throw .beyondConfigurationSpace
        }
        return .bytes(offset: offset)
    }

    /// The longest address that libpci reads in a dump is `10000:00:00.0`, as Intel VMD has it.
    private static func readFunction(_ line: Span<UInt8>) throws(DumpLineFlaw) -> DumpLine {
        var text = ""
        var place = 0
        while place < min(line.count, 14), line[place] != UInt8(ascii: " ") {
            text.unicodeScalars.append(Unicode.Scalar(line[place]))
            place += 1
        }
        guard place < line.count, line[place] == UInt8(ascii: " "), text.contains(".") else {
            throw .notLspci
        }
        guard let address = PCIAddress(text), address.domain <= 0xfffff else {
            throw .impossibleAddress
        }
        return .function(address)
    }
}
