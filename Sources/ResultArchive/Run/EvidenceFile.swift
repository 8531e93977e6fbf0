// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import SystemPackage

/// Writes pieces of evidence, which are never overwritten and never leave their folder.
enum EvidenceFile {
    private static let reserved: Set<String> = [
        "board.json", "case.json", "cases", "boards", "console.log", "journal.jsonl", "lock",
        "manifest.json", "verdict.json",
    ]

    static func write(_ text: RawText, in folder: FilePath) throws(ArchiveError) {
        try DurableFile.create(path(text.file, in: folder), with: Array(text.text.utf8))
    }

    /// The path of a file, where its name may be one.
    static func path(_ name: String, in folder: FilePath) throws(ArchiveError) -> FilePath {
        guard isFileName(name), !reserved.contains(name) else {
            throw .badFileName(name, folder: folder.string)
        }
        return folder.appending(name)
    }

    static func isFileName(_ name: String) -> Bool {
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ".-_:".utf8.contains(byte)
            }
        }
        return allowed && (1...200).contains(name.utf8.count) && name.first != "."
    }
}
