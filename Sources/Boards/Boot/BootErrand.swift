// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a board of the lab is to boot, how, and what it must come back to.
package struct BootErrand: Sendable {
    package let method: any BootMethod
    /// Nothing for a board that keeps its known-good kernel.
    package let kernel: BootableKernel?
    /// The release of the known-good kernel, where the lab states it.
    package let knownGood: String?
    package let memory: any BoardMemory

    package init(
        method: any BootMethod, kernel: BootableKernel?, knownGood: String?,
        memory: any BoardMemory
    ) {
        self.method = method
        self.kernel = kernel
        self.knownGood = knownGood
        self.memory = memory
    }
}

/// Who remembers, beyond the death of this process, which kernel a board must come back to.
package protocol BoardMemory: Sendable {
    /// The known-good kernel that the board has left and not been seen to run again.
    var home: BoardIdentity? { get }

    /// Notes that the board is about to leave its known-good kernel.
    func leave(_ home: BoardIdentity) throws

    /// Notes that the board runs its known-good kernel again.
    func returned() throws

    /// Notes that the board could not be brought back: it is out until somebody recovers it.
    func lost(_ fault: Fault) async
}
