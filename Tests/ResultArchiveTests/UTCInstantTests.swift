// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import SystemPackage
import Testing

@Suite("Moments and hashes")
struct UTCInstantTests {
    @Test(
        "A moment is written and read in one form",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_868_800_001, "2000-03-01T00:00:00.001Z"),
            (1_709_164_800_250, "2024-02-29T00:00:00.250Z"),
            (4_102_444_799_000, "2099-12-31T23:59:59.000Z"),
        ])
    func form(_ milliseconds: Int64, _ text: String) {
        let instant = UTCInstant(milliseconds: milliseconds)
        #expect(instant.description == text)
        #expect(UTCInstant(archived: text) == instant)
    }

    @Test(
        "Anything else is no moment",
        arguments: [
            "", "now", "2024-02-30T00:00:00.250Z", "2024-02-29T00:00:00.250", "T-:.Z",
            "2024-02-29 00:00:00.250Z", "2024-02-29T25:00:00.250Z", "99999-01-01T00:00:00.000Z",
            "2024-02-29T00:00:00.1000Z",
        ])
    func garbage(_ text: String) { #expect(UTCInstant(archived: text) == nil) }

    @Test("A file's hash is that of its bytes")
    func hash() throws {
        // FIPS 180-2, appendix B.1.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(ContentHash(of: Array("abc".utf8)).hexadecimal == known)
        try withScratchFolder { folder in
            let board = try RunArchive.create(in: folder)
            try board.write("abc", to: "report.txt")
            let path = board.folder.path.appending("report.txt")
            #expect(try ContentHash(ofFile: path).hexadecimal == known)
        }
        #expect(ContentHash(hexadecimal: known) != nil)
        #expect(ContentHash(hexadecimal: known.uppercased()) == nil)
        #expect(throws: ArchiveError.self) { try ContentHash(ofFile: "/nonexistent") }
    }
}
