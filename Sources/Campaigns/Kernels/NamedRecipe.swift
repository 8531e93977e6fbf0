// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// A kernel recipe with the name that it goes by, and the folder that its paths count from.
package struct NamedRecipe: Sendable, Hashable {
    package let name: KernelName
    package let recipe: KernelRecipe
    package let folder: FilePath

    package init(name: KernelName, recipe: KernelRecipe, folder: FilePath) {
        self.name = name
        self.recipe = recipe
        self.folder = folder
    }

    /// Where a path of the recipe leads.
    package func path(_ path: RecipePath) -> FilePath {
        folder.pushing(FilePath(path.text)).lexicallyNormalized()
    }
}
