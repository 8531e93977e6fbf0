// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Vocabulary

extension Project {
    /// Reads a file that messages call by its name below the project's folder.
    func source(_ path: FilePath) throws(LanguageError) -> SourceText {
        try SourceText(path: path, namedAs: shown(path))
    }

    /// Finds the kernel that a board is to boot: the named one, or its own.
    /// - Throws: `UnknownName`, `LanguageError`.
    func order(_ board: Board, of lab: FilePath, kernel: String? = nil) throws -> BoardOrder {
        let folder = lab.removingLastComponent()
        guard let name = kernel ?? board.kernel?.text else {
            return BoardOrder(board: board, labFolder: folder, kernel: nil)
        }
        return BoardOrder(board: board, labFolder: folder, kernel: try recipe(name))
    }

    /// Finds a kernel recipe by its name, or by the path of its folder.
    /// - Throws: `UnknownName`, `LanguageError`.
    func recipe(_ name: String) throws -> NamedRecipe {
        let folder = name.contains("/") ? whole(name) : kernels.appending(name)
        let path = folder.appending("kernel.yaml")
        let last = folder.lastComponent?.string ?? name
        guard let kernelName = KernelName(last), has(path) else {
            throw UnknownName(
                noun: "kernel", name: name, place: shown(kernels), known: kernelNames)
        }
        return NamedRecipe(
            name: kernelName, recipe: try KernelRecipe(source(path)), folder: folder)
    }
}
