// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the flattened device tree that the kernel was booted with
/// (Devicetree Specification 0.4, chapter 5).
package enum DeviceTreeText {
    /// Where the kernel shows it.
    package static let path = "/sys/firmware/fdt"
    /// The bytes that tell how long it is (chapter 5.2).
    package static let headerLength = 40

    /// How many bytes hold all of a tree that begins with this header: behind them is room that
    /// nobody uses, a megabyte of it with QEMU.
    ///
    /// Nothing for what is no header.
    package static func usedLength(_ header: [UInt8]) -> UInt32? {
        func word(_ offset: Int) -> UInt64 {
            header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard header.count >= headerLength, word(0) == UInt64(FlattenedTreeReader.magic) else {
            return nil
        }
        // Structure block and strings block, each by its place and its size.
        let used = max(word(8) + word(36), word(12) + word(32))
        return UInt32(exactly: min(used, word(4)))
    }

    /// Reads a dump of it.
    ///
    /// - Throws: `Damage` where the dump or the tree in it breaks off or makes no sense.
    package static func parse(_ text: RawText) throws(Damage) -> DeviceTree {
        guard let first = text.lines.first else { return DeviceTree() }
        let dump = try OctalDump(text)
        var reader = FlattenedTreeReader(dump: dump, first: first)
        return try reader.tree()
    }
}

/// Walks the tokens of a flattened tree.
struct FlattenedTreeReader {
    private enum Token {
        static let beginNode: UInt32 = 1
        static let endNode: UInt32 = 2
        static let property: UInt32 = 3
        static let nothing: UInt32 = 4
        static let end: UInt32 = 9
    }

    static let magic: UInt32 = 0xd00d_feed

    let dump: OctalDump
    /// Blamed where the dump holds no line for an offset.
    let first: RawLine
    private var offset = 0
    private var path: [String] = []

    init(dump: OctalDump, first: RawLine) {
        self.dump = dump
        self.first = first
    }

    mutating func tree() throws(Damage) -> DeviceTree {
        guard try word(at: 0) == Self.magic else { throw broken("a flattened device tree") }
        offset = Int(try word(at: 8))
        let strings = Int(try word(at: 12))
        var tree = DeviceTree()
        while true {
            let token = try next()
            switch token {
            case Token.beginNode: try beginNode()
            case Token.endNode:
                guard path.popLast() != nil else { throw broken("no end before a node's begin") }
            case Token.property: tree.add(try property(strings))
            case Token.nothing: break
            case Token.end: return tree
            default: throw broken("a token of a device tree")
            }
        }
    }

    private mutating func beginNode() throws(Damage) {
        let name = try string(at: offset)
        offset = aligned(offset + name.utf8.count + 1)
        // The root's name is empty, and so is the path of its own properties.
        path.append(path.isEmpty ? "" : "/" + name)
    }

    private mutating func property(_ strings: Int) throws(Damage) -> DeviceTree.Property {
        let start = offset
        let size = Int(try next())
        let name = try string(at: strings + Int(try next()))
        guard offset + size <= dump.bytes.count else { throw broken("\(size) bytes of \(name)") }
        let bytes = Array(dump.bytes[offset..<offset + size])
        offset = aligned(offset + size)
        return DeviceTree.Property(
            path: path.joined(), name: name, bytes: bytes, line: dump.line(at: start) ?? first)
    }

    private mutating func next() throws(Damage) -> UInt32 {
        defer { offset += 4 }
        return try word(at: offset)
    }

    private func word(at offset: Int) throws(Damage) -> UInt32 {
        guard offset >= 0, offset + 4 <= dump.bytes.count else {
            throw broken("a word at byte \(offset)")
        }
        return dump.bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func string(at offset: Int) throws(Damage) -> String {
        guard offset >= 0, offset < dump.bytes.count,
            let end = dump.bytes[offset...].firstIndex(of: 0), end - offset < 256
        else { throw broken("a name at byte \(offset)") }
        return String(decoding: dump.bytes[offset..<end], as: UTF8.self)
    }

    private func aligned(_ offset: Int) -> Int { (offset + 3) & ~3 }

    private func broken(_ expected: String) -> Damage {
        Damage(.incomplete, dump.line(at: offset) ?? first, expected: expected)
    }
}
