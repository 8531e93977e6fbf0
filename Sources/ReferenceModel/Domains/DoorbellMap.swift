// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A doorbell's page as a domain maps it.
package struct DoorbellMap: Sendable, Hashable, Codable {
    package let iova: IOVA
    /// The physical page, aligned to the granule.
    package let page: PhysicalAddress
    package let size: ByteCount

    package init(iova: IOVA, page: PhysicalAddress, size: ByteCount) {
        self.iova = iova
        self.page = page
        self.size = size
    }

    package var range: IOVARange? { IOVARange(first: iova, size: size) }
}
