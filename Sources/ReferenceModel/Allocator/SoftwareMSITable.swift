// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Where the doorbells of an iommufd file descriptor are, in all its domains (6.15 and later).
///
/// The key is the doorbell's page and the start of the window that the device's IOMMU reports; the
/// same key has the same IOVA for as long as the descriptor is open. A window's pages are used from
/// its start upwards, in order of first use, and its end is not checked. Facts of
/// `iommufd_sw_msi_get_map` (`drivers/iommu/iommufd/driver.c`, 6.15, commit 40f5175d0eb7).
package struct SoftwareMSITable: Sendable, Hashable {
    /// A doorbell page that the descriptor knows.
    package struct Entry: Sendable, Hashable {
        /// The bit that stands for it in the sets of domains and groups, in order of first use.
        package let id: Int
        /// `sw_msi_start`.
        package let windowStart: IOVA
        package let page: PhysicalAddress
        /// `pgoff`: how many pages above the window's start.
        package let pageOffset: UInt64
        package let iova: IOVA
    }

    /// How many doorbell pages a descriptor can know: the bits of `struct iommufd_sw_msi_maps`.
    package static let capacity = 64

    /// In order of first use.
    package private(set) var entries: [Entry] = []
    /// The CPU's page size.
    package let granule: Granule

    /// The table of a fresh descriptor.
    package init(granule: Granule) { self.granule = granule }

    /// Refuses a doorbell page beyond the 64th.
    package struct Full: Error, Hashable {
        /// What the caller sees.
        package let errno = KernelErrno.overflow
    }

    /// Finds the entry of a doorbell, or makes it.
    ///
    /// - Parameters:
    ///   - register: the doorbell; the page that holds it counts.
    ///   - windowStart: where the window of the device's IOMMU begins.
    /// - Returns: the entry, and whether it is new to the descriptor. Whether a domain maps it
    ///   already is for the domain to know.
    /// - Throws: `Full` (`-EOVERFLOW`) for a new page when there are 64, over all windows together.
    package mutating func entry(
        for register: PhysicalAddress, windowStart: IOVA
    ) throws(Full) -> (entry: Entry, isNew: Bool) {
        let page = register.page(of: granule)
        let neighbours = entries.filter { $0.windowStart == windowStart }
        if let known = neighbours.first(where: { $0.page == page }) { return (known, false) }
        guard entries.count < Self.capacity else { throw Full() }
        let offset = UInt64(neighbours.count)
        let bytes = offset &* granule.bytes.rawValue
        let entry = Entry(
            id: entries.count, windowStart: windowStart, page: page, pageOffset: offset,
            iova: IOVA(rawValue: windowStart.rawValue &+ bytes))
        entries.append(entry)
        return (entry, true)
    }
}
