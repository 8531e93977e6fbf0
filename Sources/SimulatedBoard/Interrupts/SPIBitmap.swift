// SPDX-License-Identifier: GPL-3.0-or-later

/// The SPIs of a frame or a distributor: which are given out.
struct SPIBitmap {
    let spis: ClosedRange<UInt32>
    private var taken: Set<UInt32> = []

    init(spis: ClosedRange<UInt32>) { self.spis = spis }

    /// Takes the first run of so many free SPIs whose first is a multiple of their number
    /// (`gicv2m_irq_domain_alloc` aligns on the SPI itself, 6.1).
    mutating func take(_ count: UInt32) -> UInt32? {
        var first = (spis.lowerBound + count - 1) / count * count
        while first + count - 1 <= spis.upperBound {
            if (first..<first + count).allSatisfy({ !taken.contains($0) }) {
                taken.formUnion(first..<first + count)
                return first
            }
            first += count
        }
        return nil
    }

    mutating func release(_ spi: UInt32) { taken.remove(spi) }
}
