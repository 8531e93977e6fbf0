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

    /// Finds a kernel recipe by its name.
    /// - Throws: `UnknownName`, `LanguageError`.
    func recipe(_ name: String) throws -> NamedRecipe {
        let folder = kernels.appending(name)
        let path = folder.appending("kernel.yaml")
        guard let kernelName = KernelName(name), has(path) else {
            throw UnknownName(
                noun: "kernel", name: name, place: shown(kernels), known: kernelNames)
        }
        return NamedRecipe(
            name: kernelName, recipe: try KernelRecipe(source(path)), folder: folder)
    }
}
