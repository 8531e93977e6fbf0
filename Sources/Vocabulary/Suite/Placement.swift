// SPDX-License-Identifier: GPL-3.0-or-later

/// A size in bytes plus whole pages of the board: `2MiB`, `1page`.
///
/// The same suite runs on kernels with 4, 16 and 64 KiB pages, so a size may be given in pages.
package struct Extent: Hashable, Sendable, Codable {
    package var bytes: ByteCount
    package var pages: UInt64

    package init(bytes: ByteCount = .zero, pages: UInt64 = 0) {
        self.bytes = bytes
        self.pages = pages
    }

    /// The size on a board with this page size; nothing when it leaves 64 bits.
    package func size(page: Granule) -> ByteCount? {
        let (product, overflow) = pages.multipliedReportingOverflow(by: page.bytes.rawValue)
        let (sum, carried) = product.addingReportingOverflow(bytes.rawValue)
        return overflow || carried ? nil : ByteCount(rawValue: sum)
    }
}

extension Extent: CustomStringConvertible {
    package var description: String {
        if pages == 0 { return bytes.description }
        let pageText = pages == 1 ? "1page" : "\(pages)pages"
        return bytes == .zero ? pageText : "\(bytes) + \(pageText)"
    }
}

/// An IOVA that may lie whole pages before or behind a written address: `0x08000000 - 1page`.
package struct Placement: Hashable, Sendable, Codable {
    package var base: IOVA
    /// Pages to go up, or down where negative.
    package var pages: Int64

    package init(base: IOVA, pages: Int64 = 0) {
        self.base = base
        self.pages = pages
    }

    /// The address on a board with this page size; nothing when it leaves 64 bits.
    package func address(page: Granule) -> IOVA? {
        let distance = Extent(pages: pages.magnitude).size(page: page)
        guard let distance else { return nil }
        return pages < 0 ? base.moved(backBy: distance) : base.advanced(by: distance)
    }
}

extension Placement: CustomStringConvertible {
    package var description: String {
        guard pages != 0 else { return base.description }
        return "\(base) \(pages < 0 ? "-" : "+") \(Extent(pages: pages.magnitude))"
    }
}
