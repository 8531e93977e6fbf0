// SPDX-License-Identifier: GPL-3.0-or-later

package import KernelTree
import SystemPackage

extension NamedRecipe {
    /// What is to be compiled, with every path as it lies on this machine; nothing for a recipe
    /// whose kernel is built already.
    package var order: KernelOrder? {
        guard case .built(let build) = recipe.source else { return nil }
        return order(of: build)
    }

    func order(of build: KernelBuild) -> KernelOrder {
        KernelOrder(
            name: name, source: source(of: build.tree), base: base(of: build.base),
            fragments: build.fragments.map(path), series: build.patches.map(path),
            lastPatch: build.lastPatch, further: build.further.map(path),
            sharesTree: build.sharesTree)
    }

    private func source(of tree: KernelBuild.Tree) -> TreeSource {
        switch tree {
        case .debian(let package): .debian(package)
        case .folder(let folder): .folder(path(folder))
        case .git(let repository, let revision):
            .git(repository: address(repository), revision: revision)
        }
    }

    /// An address has a scheme or `host:`; anything else is a path.
    private func address(_ repository: String) -> String {
        repository.contains(":") ? repository : path(RecipePath(repository)).string
    }

    private func base(of base: KernelBuild.Base) -> BaseConfiguration {
        switch base {
        case .target(let target): .target(target.rawValue)
        case .file(let file): .file(path(file))
        }
    }
}
