// SPDX-License-Identifier: GPL-3.0-or-later

internal import SystemPackage
private import Vocabulary

/// Checks a dump line by line and keeps what libpci may see of it.
///
/// libpci must not see a dump that was not checked: it reads the offset of a line into an int and
/// writes there, so `80000000: 00` writes outside its buffer (pciutils 3.9.0, lib/dump.c).
struct DumpReader {
    private let file: FilePath
    /// Text for libpci that is not yet written anywhere.
    var accepted: [UInt8] = []
    private(set) var lineNumber = 0
    private var seen = Set<PCIAddress>()
    /// The function that the next bytes belong to, and how far they reach.
    private var current: (address: PCIAddress, length: Int)?

    /// The lengths that lspci prints: header, CardBus header, conventional, PCI Express.
    private static let lengths = [64, 128, 256, ConfigurationSpace.largest]

    init(file: FilePath) {
        self.file = file
    }

    /// Takes the next line of `text`; `range` leaves out the line end.
    mutating func take(_ range: Range<Int>, of text: [UInt8]) throws(PCIInventoryError) {
        lineNumber += 1
        let isReturn = !range.isEmpty && text[range.upperBound - 1] == UInt8(ascii: "\r")
        let kept = isReturn ? range.dropLast() : range
        let line: DumpLine
        do throws(DumpLineFlaw) {
            line = try DumpLine(text.span.extracting(kept))
            try check(line)
        } catch {
            let start = String(decoding: text[kept].prefix(120), as: UTF8.self)
            throw .malformedLine(file, line: lineNumber, text: start, error)
        }
        try keep(line, text[kept])
    }

    /// Ends the dump: the last function must be whole, and there must be one.
    mutating func finish() throws(PCIInventoryError) {
        try endFunction()
        guard !seen.isEmpty else { throw .noFunctions(file) }
    }

    private func check(_ line: DumpLine) throws(DumpLineFlaw) {
        switch line {
        case .function(let address) where seen.contains(address): throw .duplicateFunction
        case .bytes where current == nil: throw .bytesBeforeFunction
        default: break
        }
    }

    private mutating func keep(
        _ line: DumpLine, _ text: ArraySlice<UInt8>
    ) throws(PCIInventoryError) {
        switch line {
        case .function(let address):
            try endFunction()
            seen.insert(address)
            current = (address, 0)
            accepted += Array("\(address) \n".utf8)
        case .bytes(let offset, let count):
            let reached = current?.length ?? 0
            current?.length = max(reached, offset + count)
            accepted += text
            accepted.append(UInt8(ascii: "\n"))
        case .empty: try endFunction()
        case .detail: break
        }
    }

    private mutating func endFunction() throws(PCIInventoryError) {
        guard let ended = current else { return }
        current = nil
        guard Self.lengths.contains(ended.length) else {
            throw .incompleteFunction(file, ended.address, bytes: ended.length)
        }
    }
}
