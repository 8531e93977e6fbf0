// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// How a kernel comes to be, so that two people get the same one.
///
/// It lies in `Labs/Kernels/NAME/kernel.yaml`; the folder's name is the kernel's.
package struct KernelRecipe: Hashable, Sendable {
    /// One line for a person.
    package let summary: String
    package let source: Source
    /// Which design of MSI mapping it implements, where that cannot be read off its version.
    package let generation: GenerationName?
    /// Words for its command line, behind those of the board.
    package let commandLine: [String]

    /// Where the kernel comes from.
    package enum Source: Hashable, Sendable {
        /// A ready package of Debian's arm64 archive.
        case debian(DebianPackage)
    }

    package init(
        summary: String, source: Source, generation: GenerationName? = nil,
        commandLine: [String] = []
    ) {
        self.summary = summary
        self.source = source
        self.generation = generation
        self.commandLine = commandLine
    }
}

/// What a generation's name names.
package enum GenerationSubject {}
/// A generation of MSI mapping, by the name that the reference model gives it.
package typealias GenerationName = Name<GenerationSubject>
