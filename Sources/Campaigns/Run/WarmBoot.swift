// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A suite that demands a cold boot, on a board whose kernel came without a reset.
package struct WarmBoot: Blame, Hashable {
    package let board: BoardName
    package let suite: SuiteName
    package let manner: BootManner

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "suite \(suite)", action: "be run on board \(board)",
            cause: "it demands a cold boot, and the kernel is booted \(manner): interrupt "
                + "controller and SMMU are as the kernel before leaves them",
            remedy: "Give the board another boot method than \(manner.method).")
    }

    /// Looks whether a suite may be judged after such a boot.
    /// - Throws: `WarmBoot`.
    package static func check(
        _ suite: Suite, on board: BoardName, _ manner: BootManner?
    ) throws(WarmBoot) {
        guard suite.demandsColdBoot, let manner, manner.isWarm else { return }
        throw WarmBoot(board: board, suite: suite.name, manner: manner)
    }
}
