// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Why the model cannot say what must be seen.
package enum ModelError: Blame, Hashable {
    /// The generation has a name but no rules yet.
    case notImplemented(Generation)
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
        case .notImplemented(let generation):
            Account(
                subject: "the reference model",
                action: "predict for generation \(generation.rawValue)",
                cause:
                    "only the fixed window has rules: SW11 (4.11 to 5.3) and SW54 (5.4 and later)",
                remedy: "Choose one of these, or leave the generation to be found from the kernel")
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
