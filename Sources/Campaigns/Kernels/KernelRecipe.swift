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
