// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage
package import Vocabulary

/// One patch of a series, read.
package struct Patch: Hashable, Sendable {
    /// The file as the series names it.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Bytes that are no UTF-8, as old source files have them, stand in no path that matters here.
    package var text: PatchText { PatchText(String(decoding: bytes, as: UTF8.self)) }
}

/// Patches in the order in which they are applied.
package struct PatchSeries: Hashable, Sendable {
    package let patches: [Patch]

    package init(patches: [Patch]) { self.patches = patches }

    /// The files that they name; one may come twice.
    var touched: [String] { patches.flatMap(\.text.files) }

    /// Reads the file that names the patches, and the patches beside it (quilt(1)'s form).
    ///
    /// A number leaves out the patches whose names begin with a higher one, as `git format-patch`
    /// numbers them: `0008-….patch` and those behind it for 7.
    /// - Throws: `RecipeTrouble` for what cannot be read, and where no patch has that number.
    package init(
        of path: FilePath, upTo number: Int? = nil, kernel: KernelName
    ) throws(RecipeTrouble) {
        let text = String(decoding: try RecipeFile.bytes(path, kernel: kernel), as: UTF8.self)
        guard let names = Self.names(in: text, upTo: number) else {
            throw .unreadable(
                kernel: kernel, file: path.string,
                reason: "no patch in it has the number \(number ?? 0)")
        }
        var patches: [Patch] = []
        for name in names {
            let file = path.removingLastComponent().pushing(FilePath(name))
            patches.append(Patch(name: name, bytes: try RecipeFile.bytes(file, kernel: kernel)))
        }
        self.patches = patches
    }

    /// The series with patches behind it that it does not name.
    /// - Throws: `RecipeTrouble` for what cannot be read.
    func adding(_ files: [FilePath], kernel: KernelName) throws(RecipeTrouble) -> PatchSeries {
        var patches = self.patches
        for file in files {
            let name = file.lastComponent?.string ?? file.string
            patches.append(Patch(name: name, bytes: try RecipeFile.bytes(file, kernel: kernel)))
        }
        return PatchSeries(patches: patches)
    }

    /// Those of the names whose number is not higher; nothing where none has that number.
    package static func names(in text: String, upTo number: Int?) -> [String]? {
        let all = names(in: text)
        guard let number else { return all }
        let numbers = all.map { name in
            Int(name.split(separator: "/").last?.prefix { $0.isNumber } ?? "") ?? 0
        }
        guard number == 0 || numbers.contains(number) else { return nil }
        return zip(all, numbers).filter { $0.1 <= number }.map(\.0)
    }

    /// A word on each line, and `#` before a remark.
    package static func names(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).first.map(String.init)
        }
    }
}

/// Reads the files that a recipe names.
enum RecipeFile {
    static func bytes(_ path: FilePath, kernel: KernelName) throws(RecipeTrouble) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path.string)))
        } catch {
            throw .unreadable(
                kernel: kernel, file: path.string,
                reason: FileManager.default.fileExists(atPath: path.string)
                    ? "it cannot be read" : "there is no such file")
        }
    }
}
