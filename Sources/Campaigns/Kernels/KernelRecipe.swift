// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
package import Vocabulary

/// How a kernel comes to be, so that two people get the same one.
///
/// It lies in `Labs/Kernels/NAME/kernel.yaml`; the folder's name is the kernel's.
package struct KernelRecipe: Hashable, Sendable {
    /// One line for a person.
    package let summary: String
    package let source: Source
    /// Which design of MSI mapping it implements, where that cannot be read off its version.
    package let generation: Generation?
    /// How many patches of the RFC's series it has, where it stands in the middle of it: 0…11.
    package let series: Int?
    /// Words for its command line, behind those of the board.
    package let commandLine: [String]

    /// Where the kernel comes from.
    package enum Source: Hashable, Sendable {
        /// A ready package of Debian's arm64 archive.
        case debian(DebianPackage)
        /// A kernel that somebody built: files below the recipe's folder.
        case image(ReadyImage)
        /// A kernel that is compiled here.
        case built(KernelBuild)
    }

    package init(
        summary: String, source: Source, generation: Generation? = nil,
        series: Int? = nil, commandLine: [String] = []
    ) {
        self.summary = summary
        self.source = source
        self.generation = generation
        self.series = series
        self.commandLine = commandLine
    }
}

/// The files of a kernel that came from elsewhere.
package struct ReadyImage: Hashable, Sendable {
    /// What a boot loader starts: arm64's `Image`.
    package let image: RecipePath
    /// Its `lib/modules/RELEASE`; nothing when all that a board needs is built in.
    package let modules: RecipePath?

    package init(image: RecipePath, modules: RecipePath?) {
        self.image = image
        self.modules = modules
    }
}

/// What a kernel is compiled from.
package struct KernelBuild: Hashable, Sendable {
    package let tree: Tree
    package let base: Base
    /// Files of options that are laid over the base, the later over the earlier.
    package let fragments: [RecipePath]
    /// The file that names the patches in their order.
    package let patches: RecipePath?
    /// The number of the last patch that is applied, as its name begins; nothing for all.
    package let lastPatch: Int?
    /// Patches behind those: what no recipe states, but who makes a variant of one.
    package let further: [RecipePath]
    /// Whether it is compiled in one tree with its like that have other configurations.
    package let sharesTree: Bool

    /// Where the source lies.
    package enum Tree: Hashable, Sendable {
        /// A package of Debian that carries a kernel's source: `linux-source-6.1`.
        case debian(DebianPackage)
        /// A repository of git, and a commit, tag or branch of it.
        case git(repository: String, revision: String)
        /// A folder as it lies there.
        case folder(RecipePath)
    }

    /// What the configuration begins with.
    package enum Base: Hashable, Sendable {
        /// One of the kernel's own, named as for make.
        case target(Target)
        /// A whole `.config`.
        case file(RecipePath)
    }

    /// The configurations that every kernel brings for arm64.
    package enum Target: String, CaseIterable, Sendable {
        case tinyconfig, allnoconfig, defconfig
    }

    package init(
        tree: Tree, base: Base, fragments: [RecipePath] = [], patches: RecipePath? = nil,
        lastPatch: Int? = nil, further: [RecipePath] = [], sharesTree: Bool = false
    ) {
        self.sharesTree = sharesTree
        self.tree = tree
        self.base = base
        self.fragments = fragments
        self.patches = patches
        self.lastPatch = lastPatch
        self.further = further
    }
}

/// A path as a recipe has it: below the recipe's folder, unless it begins with a slash.
package struct RecipePath: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }
}
