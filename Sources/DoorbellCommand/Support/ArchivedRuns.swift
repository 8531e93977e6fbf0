// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import ResultArchive
import SystemPackage

extension Project {
    /// Finds an archived run: a folder, the name of one in the archive, or the end of such a name.
    /// - Throws: `UnknownName` when there is none, or several end like that; `ArchiveError`.
    func run(_ word: String) throws -> ArchivedRun {
        let path = FilePath(word)
        if word.contains("/") || has(path) { return try ArchivedRun(path) }
        let folders = try RunFolder.all(in: runs)
        let fitting = folders.filter { $0.name == word }
        let ending = fitting.isEmpty ? folders.filter { $0.name.hasSuffix(word) } : fitting
        guard let found = ending.first, ending.count == 1 else {
            throw UnknownName(
                noun: "run", name: word, place: shown(runs), known: folders.suffix(10).map(\.name))
        }
        return try ArchivedRun(found.path)
    }
}
