// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import SystemPackage
package import Vocabulary

/// A patch that puts one bug into a kernel, or changes it without changing what it does.
///
/// `Suites/Mutants/README.md` describes the form.
package struct Mutant: Sendable, Hashable {
    /// The patch's name without `.patch`: it says what the bug is.
    package let name: KernelName
    package let patch: FilePath
    /// The recipe on whose patched tree it applies.
    package let base: KernelName
    /// What must fall; empty for a change that must not be noticed.
    package let breaks: [InvariantID]
    package let suite: SuiteName
    /// The only board on which it can be noticed; nothing where each virtual board must.
    package let board: BoardName?
    package let why: String
    /// The files of the kernel that it changes.
    package let files: [String]
}
