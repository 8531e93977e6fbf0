// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// A folder with copies of the files that patches touch, in which the patches are applied.
///
/// The tree itself is touched only when the whole series fits.
struct PatchRoom {
    let kernel: KernelName
    let folder: FilePath
    let deadline: Deadline

    /// Applies the series, and gives the files that it touches.
    /// - Throws: `RecipeTrouble.patchRefused`, `BuildFailure`, `ToolFailure`.
    func apply(_ series: PatchSeries, to source: FilePath) async throws -> [String] {
        try? FileManager.default.removeItem(atPath: folder.string)
        try Cabinet.makeFolder(folder)
        var touched: Set<String> = []
        for patch in series.patches {
            let text = patch.text
            for path in text.files where touched.insert(path).inserted {
                try bring(path, from: source)
            }
            try await apply(patch, text)
        }
        return touched.sorted()
    }

    private func bring(_ path: String, from source: FilePath) throws {
        let (from, to) = (source.pushing(FilePath(path)), folder.pushing(FilePath(path)))
        // Git refuses a path that leads out of the tree; it must not be copied before.
        guard !path.split(separator: "/").contains(".."), !path.hasPrefix("/"),
            FileManager.default.fileExists(atPath: from.string)
        else { return }
        try Cabinet.makeFolder(to.removingLastComponent())
        try Cabinet.copy(from, to: to)
    }

    /// Applies one patch; context must fit exactly, at whatever line.
    private func apply(_ patch: Patch, _ text: PatchText) async throws {
        // Within somebody's repository git would leave out what lies outside of it.
        let ceiling = folder.removingLastComponent().string
        let environment = Make.environment.merging(["GIT_CEILING_DIRECTORIES": ceiling]) { $1 }
        let output = try await Tool.run(
            "git", ["apply", "--whitespace=nowarn", "-"], input: patch.bytes,
            environment: environment, directory: folder, deadline: deadline)
        guard output.status != .exited(0) else { return }
        let words = String(decoding: output.standardError, as: UTF8.self)
        if NoRoom.isSaid(in: words) {
            throw BuildFailure.noRoom(kernel: kernel, place: folder.string)
        }
        let lines = words.split(whereSeparator: \.isNewline).prefix(4)
        throw RecipeTrouble.patchRefused(
            RefusedPatch(
                kernel: kernel, patch: patch.name, words: lines.joined(separator: " / "),
                hunk: text.hunk(refusedIn: words)?.text ?? ""))
    }
}
