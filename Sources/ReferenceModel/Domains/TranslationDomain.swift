// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// One page table that VFIO or iommufd made for devices behind one SMMU.
struct TranslationDomain: Sendable {
    let type: DomainType
    /// Devices behind another SMMU need a domain of their own; nothing where it is not known.
    let smmu: SMMUIdentity?
    /// In order of attaching.
    var groups: [IOMMUGroup]
    var doorbells: DoorbellPages

    /// The pages of doorbells in the page table.
    var pages: [DoorbellMap] { doorbells.pages }

    /// Whether a doorbell's page lies in the range.
    func holdsDoorbell(in range: IOVARange) -> Bool {
        pages.contains { $0.range?.overlaps(range) ?? false }
    }

    /// Whether a message reaches the register that it is meant for.
    func leads(_ address: MessageAddress, to page: PhysicalAddress) -> Bool {
        pages.contains {
            $0.page == page && $0.range?.contains(IOVA(rawValue: address.rawValue)) ?? false
        }
    }
}

/// The doorbells of a domain, each design with its own way to find a place.
enum DoorbellPages: Sendable {
    /// No cookie at all.
    case none
    /// Messages pass beside the page table.
    case bypass
    case linear(LinearCookie)
    case mixed(MixedCookie)
    case given(GivenWindow)
    /// What the file descriptor's table has put into this domain.
    case table([DoorbellMap])

    var pages: [DoorbellMap] {
        switch self {
        case .none, .bypass: []
        case .linear(let cookie): cookie.pages
        case .mixed(let cookie): cookie.pages
        case .given(let window): window.pages
        case .table(let pages): pages
        }
    }
}
