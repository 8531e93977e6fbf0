// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a device can reach besides its doorbell, because maps are made of whole pages.
///
/// A kernel of 64 KiB pages maps 64 KiB for a GICv2m frame of 4 KiB, and whatever lies beside it.
package struct Exposure: Sendable, Hashable, Codable {
    package let doorbell: Doorbell
    /// What is mapped: the granule that the register lies in.
    package let mapped: PhysicalRange
    /// What of it is not the doorbell's own, in ascending order; never empty.
    package let foreign: [PhysicalRange]

    /// Makes an exposure, or nothing when there is nothing foreign.
    package init?(doorbell: Doorbell, mapped: PhysicalRange, foreign: [PhysicalRange]) {
        guard !foreign.isEmpty else { return nil }
        self.doorbell = doorbell
        self.mapped = mapped
        self.foreign = foreign
    }
}

extension Doorbell {
    /// The registers that exist for messages, and that a device may reach.
    ///
    /// Of an ITS that is the page with the doorbell, not the one that the driver controls it by.
    /// Of a pre-ITS it is the whole window: that a device reaches the other devices' registers
    /// there is what takes its isolation. Of MBI without an alias it is four registers in the middle
    /// of the distributor, `GICD_SETSPI_NSR` to `GICD_CLRSPI_SR`. Nothing beyond 64 bits.
    package var ownRange: PhysicalRange? {
        switch kind {
        case .gicV2m: PhysicalRange(first: base, size: GICv2m.size)
        case .graviton: PhysicalRange(first: base, size: Graviton.size)
        case .its:
            base.advanced(by: .bytes(GICv3ITS.translationPage)).flatMap {
                PhysicalRange(first: $0, size: GICv3ITS.translationSize)
            }
        case .preITS(let window): window
        case .mbi(_, isAlias: true): PhysicalRange(first: base, size: GICv3MBI.size)
        case .mbi(_, isAlias: false):
            register.flatMap { PhysicalRange(first: $0, size: GICv3MBI.messageRegisters) }
        }
    }

    /// What a vector's maps expose: one exposure for each page that holds foreign registers.
    ///
    /// - Parameters:
    ///   - context: the vector; without its interrupt, the pages of all interrupts count.
    ///   - granule: how much one map takes.
    /// - Returns: nothing where maps hold the doorbell's own registers alone.
    package func exposures(for context: VectorContext, _ granule: Granule) -> [Exposure] {
        guard let own = ownRange else { return [] }
        return pages(for: context, granule).compactMap { page in
            PhysicalRange(first: page, size: granule.bytes).flatMap {
                Exposure(doorbell: self, mapped: $0, foreign: $0.subtracting(own))
            }
        }
    }
}
