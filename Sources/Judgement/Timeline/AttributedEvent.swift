// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// A trace event of the agent, and what it belongs to.
struct AttributedEvent: Sendable {
    /// Why the kernel did it.
    enum Purpose: Sendable, Hashable {
        /// Inside a call of the record, and the mapped page is a doorbell's.
        case doorbell
        /// Inside a call that maps or unmaps for the user.
        case user
        /// Two pages while a group joins: the kernel tries what sizes its IOMMU takes
        /// (`vfio_test_domain_fgsp`, 6.1).
        case probe
        /// None of these.
        case stray
    }

    let record: TraceRecord
    let purpose: Purpose
    /// The step during whose calls it happened.
    let step: Int?
    /// The kernel's name of that call.
    let call: String?
    let domain: DomainLife?

    var line: RawLine { record.line }

    /// The range and the page of a map event.
    var map: (range: IOVARange, paddr: PhysicalAddress)? {
        if case .map(let range, let paddr) = record.event { (range, paddr) } else { nil }
    }

    var unmap: (range: IOVARange, unmapped: ByteCount)? {
        if case .unmap(let range, let unmapped) = record.event { (range, unmapped) } else { nil }
    }

    /// Whether it maps that page, and the address lies in what it maps.
    func maps(_ page: PhysicalAddress, at address: IOVA) -> Bool {
        guard case .map(let range, let paddr) = record.event else { return false }
        return paddr == page && range.contains(address)
    }

    var isDoorbellMap: Bool { purpose == .doorbell && map != nil }
}
