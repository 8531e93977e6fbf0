// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel

/// The least that it takes to observe an invariant.
package enum Coverage: String, Sendable, Hashable, Codable, CaseIterable {
    /// QEMU's `virt` machine with a kernel of the generation.
    case virtualBoard = "virtual board"
    /// What no QEMU has: several doorbells, several SMMUs, stage 2 alone, shared DevIDs.
    case simulatedBoard = "simulated board"
    /// What a simulation would only assume: time, power, memory types, races.
    case realBoards = "real boards only"
}

extension Invariant {
    /// Where it can be observed on kernels of a generation; nothing where it says nothing of them.
    ///
    /// QEMU's `virt` has no hardware MSI window: neither x86's nor HiSilicon's ITS bypass.
    package func coverage(in generation: Generation) -> Coverage? {
        guard generations.contains(generation) else { return nil }
        if generation == .hardwareWindow, coverage == .virtualBoard { return .simulatedBoard }
        return coverage
    }
}
