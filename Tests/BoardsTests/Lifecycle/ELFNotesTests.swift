// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Testing

@Suite("The build ID is read from a kernel's notes")
struct ELFNotesTests {
    /// As `/sys/kernel/notes` of Debian's 6.1.192 has it: a build ID of 20 bytes, then "Linux".
    private static let buildID: [UInt8] = Array(0xa0..<0xb4)

    private static func note(_ name: String, _ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + [0]
        return [UInt8(named.count), 0, 0, 0, UInt8(value.count), 0, 0, 0, type, 0, 0, 0]
            + padded(named) + padded(value)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }

    private static let notes = note("Linux", 1, [1]) + note("GNU", 3, buildID)

    @Test("Behind notes of others")
    func found() {
        #expect(ELFNotes.buildID(Self.notes) == "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3")
    }

    @Test("A note of another owner, or of another type, is not taken for it")
    func others() {
        #expect(ELFNotes.buildID(Self.note("Xen", 3, [1, 2, 3, 4])) == nil)
        #expect(ELFNotes.buildID(Self.note("GNU", 1, [1, 2, 3, 4])) == nil)
    }

    @Test("Notes that are cut short anywhere have none", arguments: 0..<notes.count)
    func cut(length: Int) {
        #expect(ELFNotes.buildID(Array(Self.notes.prefix(length))) == nil)
    }

    @Test("Sizes that no memory has are no crash")
    func huge() {
        let sizes = [UInt8](repeating: 0xff, count: 12)
        #expect(ELFNotes.buildID(sizes) == nil)
        #expect(ELFNotes.buildID(sizes + Self.notes) == nil)
    }
}
