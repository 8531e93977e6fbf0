// SPDX-License-Identifier: GPL-3.0-or-later

/// The few facts about an ELF file that an image needs: sections, and what a program loads.
///
/// Only 64-bit little-endian files are read (ELF specification 1.2 with the gABI's ELF64 layout).
package struct ELFFile {
    /// The file is not what its name says, or broken.
    package struct Malformed: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    private struct Section {
        let name: Int
        let offset: Int
        let size: Int
    }

    private let bytes: [UInt8]
    private var sections: [Section] = []
    private var names = Section(name: 0, offset: 0, size: 0)

    package init(_ bytes: [UInt8]) throws(Malformed) {
        self.bytes = bytes
        guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else {
            throw Malformed(description: "it is no 64-bit little-endian ELF file")
        }
        let table = try integer(at: 0x28, size: 8)
        let entry = try integer(at: 0x3a, size: 2)
        for index in 0..<(try integer(at: 0x3c, size: 2)) {
            let header = table + index * entry
            _ = try slice(header, Self.headerSize)
            sections.append(
                Section(
                    name: try integer(at: header, size: 4),
                    offset: try integer(at: header + 0x18, size: 8),
                    size: try integer(at: header + 0x20, size: 8)))
        }
        let index = try integer(at: 0x3e, size: 2)
        guard sections.indices.contains(index) else {
            throw Malformed(description: "it has no section names")
        }
        names = sections[index]
    }

    /// The bytes of a section; nothing when there is no such section.
    package func section(named name: String) throws(Malformed) -> ArraySlice<UInt8>? {
        for section in sections
        where try text(at: names.offset + section.name) == name {
            return try slice(section.offset, section.size)
        }
        return nil
    }

    /// The modules that a kernel module needs, from its `.modinfo`: `depends=mdio,libphy`.
    package func neededModules() throws(Malformed) -> [String] {
        guard let info = try section(named: ".modinfo") else {
            throw Malformed(description: "it is no kernel module")
        }
        let prefix = Array("depends=".utf8)
        return info.split(separator: 0).filter { $0.starts(with: prefix) }
            .flatMap { $0.dropFirst(prefix.count).split(separator: UInt8(ascii: ",")) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The shared libraries that a program or library needs, without its interpreter.
    package func neededLibraries() throws(Malformed) -> [String] {
        guard let dynamic = try section(named: ".dynamic"),
            let strings = sections.first(where: {
                (try? text(at: names.offset + $0.name)) == ".dynstr"
            })
        else { return [] }
        var needed: [String] = []
        for entry in stride(from: dynamic.startIndex, to: dynamic.endIndex, by: 16)
        where try integer(at: entry, size: 8) == Self.neededTag {
            needed.append(try text(at: strings.offset + integer(at: entry + 8, size: 8)))
        }
        return needed
    }

    private static let headerSize = 64

    /// DT_NEEDED.
    private static let neededTag = 1

    private func text(at offset: Int) throws(Malformed) -> String {
        guard bytes.indices.contains(offset), let end = bytes[offset...].firstIndex(of: 0) else {
            throw Malformed(description: "a name lies outside of it")
        }
        return String(decoding: bytes[offset..<end], as: UTF8.self)
    }

    private func slice(_ offset: Int, _ size: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard offset >= 0, size >= 0, offset <= bytes.count, size <= bytes.count - offset else {
            throw Malformed(description: "a section lies outside of it")
        }
        return bytes[offset..<(offset + size)]
    }

    private func integer(at offset: Int, size: Int) throws(Malformed) -> Int {
        let value = try slice(offset, size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // An offset beyond 2^48 is nonsense and would overflow the sums it goes into.
        guard value < 1 << 48 else { throw Malformed(description: "an offset lies outside of it") }
        return Int(value)
    }
}
