// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A line of `/proc/iomem`: who owns which physical addresses.
package struct MemoryRegion: Sendable, Hashable, Codable {
    package let first: PhysicalAddress
    /// Included.
    package let last: PhysicalAddress
    /// How deep it stands inside other regions, from 0.
    package let depth: Int
    package let owner: String
    package let line: RawLine

    package init(
        first: PhysicalAddress, last: PhysicalAddress, depth: Int, owner: String, line: RawLine
    ) {
        self.first = first
        self.last = last
        self.depth = depth
        self.owner = owner
        self.line = line
    }
}

/// Reads `/proc/iomem`, which shows zeros to everyone but root.
package enum IOMemoryText {
    /// Reads each region, those inside others included.
    package static func parse(_ text: RawText) -> Parsed<MemoryRegion> {
        Parsed.each(text, region)
    }

    private static func region(_ line: RawLine) throws(Damage) -> MemoryRegion? {
        if line.text.isEmpty { return nil }
        var scanner = LineScanner(line.text)
        scanner.skipSpaces()
        let depth = (line.text.count - scanner.rest.count) / 2
        guard let first = scanner.hexadecimal(), scanner.skip("-"),
            let last = scanner.hexadecimal(), scanner.skip(" : ")
        else { throw Damage(.unparsable, line, expected: "FIRST-LAST : OWNER") }
        guard first <= last else {
            throw Damage(.outOfRange, line, expected: "a range of addresses")
        }
        return MemoryRegion(
            first: PhysicalAddress(rawValue: first), last: PhysicalAddress(rawValue: last),
            depth: depth, owner: String(scanner.rest), line: line)
    }
}
