// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// What a kernel is compiled from, with every path as it lies on this machine.
package struct KernelOrder: Sendable, Hashable {
    /// The recipe's name, for messages.
    package let name: KernelName
    package let source: TreeSource
    package let base: BaseConfiguration
    /// Files of options, the later laid over the earlier.
    package let fragments: [FilePath]
    /// The file that names the patches.
    package let series: FilePath?
    /// The number of the last patch that is applied; nothing for the whole series.
    package let lastPatch: Int?
    /// Patches that no series names, applied behind it in this order.
    package let further: [FilePath]
    /// Whether it is compiled in the tree of others that have another configuration: make compiles
    /// what the options between them change.
    package let sharesTree: Bool

    package init(
        name: KernelName, source: TreeSource, base: BaseConfiguration, fragments: [FilePath] = [],
        series: FilePath? = nil, lastPatch: Int? = nil, further: [FilePath] = [],
        sharesTree: Bool = false
    ) {
        self.sharesTree = sharesTree
        self.name = name
        self.source = source
        self.base = base
        self.fragments = fragments
        self.series = series
        self.lastPatch = lastPatch
        self.further = further
    }
}

/// Where the source of a kernel lies.
package enum TreeSource: Sendable, Hashable {
    /// A package of Debian that carries it, as `linux-source-6.1` does.
    case debian(DebianPackage)
    /// A repository and a commit, tag or branch of it.
    case git(repository: String, revision: String)
    /// A folder, which is only read.
    case folder(FilePath)
}

/// What a configuration begins with.
package enum BaseConfiguration: Sendable, Hashable {
    /// A target of the kernel's own make: `tinyconfig`.
    case target(String)
    /// A whole `.config`.
    case file(FilePath)
}
