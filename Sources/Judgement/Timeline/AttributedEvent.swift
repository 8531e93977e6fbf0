// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// A trace event of the agent, and what it belongs to.
struct AttributedEvent: Sendable {
    /// Why the kernel did it.
    enum Purpose: Sendable, Hashable {
        /// Inside a call of the record, and the mapped page is a doorbell's.
        case doorbell
        /// Inside a step that maps or unmaps for the user, replay into a new domain included.
        case user
        /// While a group joins: the kernel tries what sizes its IOMMU takes, and takes out again
        /// what it mapped for that (`vfio_test_domain_fgsp`, 6.1).
        case probe
        /// A host driver's own, while it has its device back.
        case host
        /// None of these.
        case stray
    }

    let record: TraceRecord
    var purpose: Purpose
    /// The step during whose calls it happened.
    let step: Int?
    /// The kernel's name of that call.
    let call: String?
    /// Whether the kernel refused that call: what it undoes then is no damage.
    let callFailed: Bool
    /// Whether it may as well belong to another step.
    let isUndecided: Bool
    var domain: DomainLife?

    var line: RawLine { record.line }

    /// The range and the page of a map event.
    var map: (range: IOVARange, paddr: PhysicalAddress)? {
        if case .map(let range, let paddr) = record.event { (range, paddr) } else { nil }
    }

    var unmap: (range: IOVARange, unmapped: ByteCount)? {
        if case .unmap(let range, let unmapped) = record.event { (range, unmapped) } else { nil }
    }

    /// What an unmap event took out; nothing where it took out nothing.
    var removed: IOVARange? {
        unmap.flatMap { unmap in
            IOVARange(first: unmap.range.first, size: unmap.unmapped).map {
                unmap.range.contains($0) ? $0 : unmap.range
            }
        }
    }

    /// Whether it maps one of these pages, and the address lies in what it maps.
    func maps(_ pages: Set<PhysicalAddress>, at address: IOVA) -> Bool {
        guard case .map(let range, let paddr) = record.event else { return false }
        return pages.contains(paddr) && range.contains(address)
    }

    var isDoorbellMap: Bool { purpose == .doorbell && map != nil }
}
