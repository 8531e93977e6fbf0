// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Where a vector was allocated.
package struct VectorPlace: Sendable, Hashable, Codable {
    package let doorbell: Doorbell
    /// The first interrupt of the block; nothing where an ITS translates.
    package let interrupt: InterruptID?

    package init(doorbell: Doorbell, interrupt: InterruptID?) {
        self.doorbell = doorbell
        self.interrupt = interrupt
    }
}

extension MSIController {
    /// The doorbells that a block may end at while it is not known what others took.
    package func candidates(for context: VectorContext) -> [Doorbell] {
        doorbells.filter { !$0.bases(for: context).isEmpty || $0.kind.isTranslating }
    }

    /// Places blocks one after the other, as the kernel does: the lowest that is free and aligned,
    /// in the first doorbell that has one (`gicv2m_irq_domain_alloc`, `mbi_irq_domain_alloc`,
    /// 6.12).
    ///
    /// MSI-X asks for a block of one for each vector, so that a device may straddle frames.
    /// Nothing when a block finds no room: the call ends with `ENOSPC`.
    package func places(
        of blocks: [VectorContext], taken: Set<InterruptID>
    ) -> [VectorPlace]? {
        var used: [ClosedRange<InterruptID>] = taken.map { $0...$0 }
        var places: [VectorPlace] = []
        for block in blocks {
            guard let place = place(of: block, beside: used) else { return nil }
            if let first = place.interrupt?.rawValue {
                used.append(Self.block(from: first, of: block))
            }
            places.append(place)
        }
        return places
    }

    /// The bases that are tried leave room for the whole block, so that its end is no overflow.
    private static func block(
        from first: UInt32, of block: VectorContext
    ) -> ClosedRange<InterruptID> {
        InterruptID(rawValue: first)...InterruptID(rawValue: first + (block.block - 1))
    }

    private func place(
        of block: VectorContext, beside used: [ClosedRange<InterruptID>]
    ) -> VectorPlace? {
        for doorbell in doorbells {
            if doorbell.kind.isTranslating {
                return VectorPlace(doorbell: doorbell, interrupt: nil)
            }
            for run in doorbell.bases(for: block) {
                let free = stride(from: run.first, through: run.last, by: Int(run.step)).first {
                    let wanted = Self.block(from: $0, of: block)
                    return !used.contains { wanted.overlaps($0) }
                }
                guard let free else { continue }
                return VectorPlace(doorbell: doorbell, interrupt: InterruptID(rawValue: free))
            }
        }
        return nil
    }

    /// The doorbell of each of so many MSI-X vectors, from how many interrupts each doorbell has
    /// left, in the controller's order; nothing when there is not enough.
    package func doorbells(ofVectors count: UInt32, free: [UInt32]) -> [Doorbell]? {
        var chosen: [Doorbell] = []
        for (doorbell, room) in zip(doorbells, free) where chosen.count < count {
            let wanted = min(room, count - UInt32(chosen.count))
            chosen += Array(repeating: doorbell, count: Int(wanted))
        }
        return chosen.count == count ? chosen : nil
    }
}

extension Doorbell.Kind {
    /// Whether an ITS gives events, of which there is no pool to run dry.
    var isTranslating: Bool {
        switch self {
        case .its, .preITS: true
        case .gicV2m, .graviton, .mbi: false
        }
    }
}

extension Doorbell {
    /// The interrupts that a block may begin with, in the order in which they are tried.
    func bases(for context: VectorContext) -> [DataRun] {
        switch kind {
        case .gicV2m(let spis, _): [GICv2m.bases(spis, context)].compactMap(\.self)
        case .graviton(let spis):
            // Several messages of one address cannot name several interrupts: the driver takes
            // MSI_FLAG_MULTI_PCI_MSI away (`acpi_parse_madt_msi`, 6.12).
            context.block == 1 ? [GICv2m.bases(spis, context)].compactMap(\.self) : []
        case .mbi(let ranges, _): GICv3MBI.bases(ranges, context)
        case .its, .preITS: []
        }
    }
}
