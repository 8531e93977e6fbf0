// SPDX-License-Identifier: GPL-3.0-or-later

package import ResultArchive

/// The page that is kept of a whole matrix, beside its JSON.
package enum MutantPage {
    /// The page; another matrix makes another one.
    package static func text(_ matrix: MutantMatrix) -> String {
        """
        # Mutants: which kernels with one bug each are caught

        Made by `./doorbell mutants --save Results/Baselines`, out of `mutants.json` beside it. Each patch of
        `Suites/Mutants` is a kernel. What its trailers say must fall stands in brackets; what else fell stands beside it.
        *quiet* is a change that does nothing, and that nothing noticed.

        \(MutantTable.markdown(matrix))
        """
    }
}
