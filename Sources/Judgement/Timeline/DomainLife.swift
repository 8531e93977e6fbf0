// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// One life of a domain, from the first device that joins it to the last that leaves.
struct DomainLife: Hashable, Sendable {
    /// Whose page table it is.
    enum Owner: Hashable, Sendable {
        case container(ContainerName)
        /// The default domain of a device that its host driver has back.
        case host(PCIAddress)
    }

    let owner: Owner
    /// From 1, over all domains that the owner ever had.
    let number: Int

    var isHost: Bool { if case .host = owner { true } else { false } }
}

extension DomainLife: CustomStringConvertible {
    var description: String {
        switch owner {
        case .container(let name): "domain \(number) of \(name)"
        case .host(let device): "the host's domain of \(device)"
        }
    }
}

/// One time that vectors of a device were armed.
struct ArmingID: Hashable, Sendable {
    let step: Int
    let kind: InterruptKind
    let vectors: UInt32
}
