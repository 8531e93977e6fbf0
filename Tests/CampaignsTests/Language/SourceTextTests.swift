// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Testing
import Vocabulary

@Suite("A file is read")
struct SourceTextTests {
    @Test("A directory is refused with a word on what to do")
    func directory() {
        expectComplaint("this is a directory; name a file in it", repository.appending("Suites"))
    }

    @Test("A missing file is named")
    func missing() {
        expectComplaint("there is no such file", repository.appending("no-such.yaml"))
    }

    @Test("A file that nobody may read is not an empty file")
    func unreadable() {
        // Even the superuser cannot read this process's memory from address 0.
        expectComplaint("the file could not be read", "/proc/self/mem")
    }

    @Test("A file without end is left after a mebibyte")
    func endless() { expectComplaint("larger than 1MiB", "/dev/zero") }

    @Test("Bytes that are no UTF-8 are named with their place")
    func notUTF8() {
        #expect(throws: LanguageError.self) {
            try SourceText(file: "s.yaml", bytes: Array("name: s\nsum".utf8) + [0xff, 0x41])
        }
        do throws(LanguageError) {
            _ = try SourceText(file: "s.yaml", bytes: Array("name: s\nsum".utf8) + [0xff, 0x41])
        } catch {
            #expect(
                error.description
                    == "s.yaml:2:4: error: not UTF-8 text; save the file in UTF-8")
            #expect(error.kind == .suite)
        }
    }

    private func expectComplaint(_ sentence: String, _ path: FilePath) {
        do throws(LanguageError) {
            _ = try SourceText(path: path)
            Issue.record("\(path) was read")
        } catch {
            #expect(error.description.hasPrefix("\(path): error: "))
            #expect(error.description.contains(sentence), "\(error)")
        }
    }
}
