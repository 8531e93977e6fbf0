// SPDX-License-Identifier: GPL-3.0-or-later

internal import SystemPackage
internal import Vocabulary

/// Checks a dump line by line, keeps its bytes, and makes the excerpt that libpci may see.
///
/// libpci must not see a dump that was not checked: it reads the offset of a line into an int and
/// writes there, so `80000000: 00` writes outside its buffer (pciutils 3.9.0, lib/dump.c). And it
/// need not see bytes from 256 on, of which it decodes nothing: it reads each byte by a call of
/// sscanf, in which an inventory of a large dump would spend nearly all of its time.
struct DumpReader {
    private let file: FilePath
    /// Text for libpci that is not yet written anywhere.
    var excerpt: [UInt8] = []
    /// What every function's configuration space holds; a byte that no line gave is 0xff.
    private(set) var configurations: [PCIAddress: [UInt8]] = [:]
    private(set) var lineNumber = 0
    /// The function that the next bytes belong to.
    private var current: PCIAddress?
    private var currentBytes: [UInt8] = []
    private var lineBytes: [UInt8] = []

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
            line = try DumpLine(text.span.extracting(kept), bytes: &lineBytes)
            try check(line)
        } catch {
            throw .malformedLine(
                file, line: lineNumber, text: Quoted.text(text[kept]), error)
        }
        try keep(line, text[kept])
    }

    /// Ends the dump: the last function must be whole, and there must be one.
    mutating func finish() throws(PCIInventoryError) {
        try endFunction()
        guard !configurations.isEmpty else { throw .noFunctions(file) }
    }

    private func check(_ line: DumpLine) throws(DumpLineFlaw) {
        switch line {
        case .function(let address) where isKnown(address): throw .duplicateFunction
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
            current = address
            excerpt += Array("\(address) \n".utf8)
        case .bytes(let offset):
            place(at: offset)
            guard offset < Self.excerptEnd else { return }
            excerpt += text
            excerpt.append(UInt8(ascii: "\n"))
        case .empty: try endFunction()
        case .detail: break
        }
    }

    /// Where the conventional configuration space ends.
    private static let excerptEnd = 256

    private mutating func place(at offset: Int) {
        if offset == currentBytes.count {
            currentBytes += lineBytes
            return
        }
        let missing = offset + lineBytes.count - currentBytes.count
        currentBytes += [UInt8](repeating: 0xff, count: max(0, missing))
        currentBytes.replaceSubrange(offset..<offset + lineBytes.count, with: lineBytes)
    }

    private func isKnown(_ address: PCIAddress) -> Bool {
        current == address || configurations[address] != nil
    }

    private mutating func endFunction() throws(PCIInventoryError) {
        guard let ended = current else { return }
        guard Self.lengths.contains(currentBytes.count) else {
            throw .incompleteFunction(file, ended, bytes: currentBytes.count)
        }
        configurations[ended] = currentBytes
        current = nil
        currentBytes = []
        currentBytes.reserveCapacity(ConfigurationSpace.largest)
    }
}
