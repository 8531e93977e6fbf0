// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Why the model cannot say what must be seen.
package enum ModelError: Blame, Hashable {
    /// A tree in the middle of the RFC's series that uses a name before it is there.
    case doesNotBuild(SeriesPatch, without: SeriesPatch)
    /// A kernel from before the fixed window, whose design its version alone does not tell.
    case unknownGeneration(KernelVersion)
    /// A fact of the board that every prediction needs is not known.
    case factMissing(String)

    package var kind: FaultKind { self.isFactMissing ? .bench : .suite }

    private var isFactMissing: Bool {
        if case .factMissing = self { true } else { false }
    }

    package var account: Account {
        switch self {
        case .doesNotBuild(let patch, let missing):
            Account(
                subject: "the reference model",
                action: "stand where patch \(patch.rawValue) of the series is applied",
                cause: "it uses what patch \(missing.rawValue) brings: \(missing.title)",
                remedy: "Skip this point, as a compiler would")
        case .unknownGeneration(let kernel):
            Account(
                subject: "the reference model", action: "choose a generation for kernel \(kernel)",
                cause: "kernels before 4.11 have no mainline design of MSI mapping under VFIO",
                remedy: "Name the generation in the kernel's recipe")
        case .factMissing(let fact):
            Account(
                subject: "the reference model", action: "predict for this board",
                cause: "\(fact) is not known",
                remedy: "See which reading of the board failed")
        }
    }
}
