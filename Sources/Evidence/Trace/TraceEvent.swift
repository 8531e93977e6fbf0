// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What an event of `events/iommu/*` says (`include/trace/events/iommu.h`, 6.1 and 6.12).
package enum TraceEvent: Sendable, Hashable, Codable {
    /// A mapping was made; one event for each successful `iommu_map()`.
    case map(IOVARange, paddr: PhysicalAddress)
    /// A mapping was taken out; `unmapped` falls short of the range when something was missing.
    case unmap(IOVARange, unmapped: ByteCount)
    /// A device translates through another domain from here on.
    case attach(device: PCIAddress)
    /// Gone in 6.12.
    case detach(device: PCIAddress)
    case addToGroup(device: PCIAddress, group: UInt64)
    case removeFromGroup(device: PCIAddress, group: UInt64)
    /// The IOMMU refused an access; the device is a driver's name for it.
    case pageFault(device: String, iova: IOVA)
    /// An event that is kept but not understood.
    case other(name: String, text: String)
}

extension TraceEvent {
    /// The IOVAs of a map or unmap event.
    package var range: IOVARange? {
        switch self {
        case .map(let range, _), .unmap(let range, _): range
        default: nil
        }
    }
}
