// SPDX-License-Identifier: GPL-3.0-or-later

/// A design of MSI mapping: what a kernel's interface to user space lets an observer see.
///
/// The raw values are the names that invariants and the command line use.
package enum Generation: String, Sendable, Hashable, Codable, CaseIterable {
    /// Series v9 to v14 of 2016: user space gives the window.
    case userWindow = "V12"
    /// The RFC of September 2016: mixed domains, the window is what user space left free.
    case mixed = "RFC"
    /// 4.11 to 5.3: the fixed window, not yet kept free from user maps.
    case fixedWindow = "SW11"
    /// 5.4 and later with VFIO type1: the fixed window, and IOVA ranges that exclude it.
    case fixedWindowWithRanges = "SW54"
    /// iommufd of 6.2 to 6.14.
    case iommufd = "FD12"
    /// iommufd since 6.15: one table of windows for each file descriptor.
    case iommufdTable = "FD15"
    /// The hardware reserves the window: x86, HiSilicon's ITS bypass.
    case hardwareWindow = "HW"
    /// A host driver on a DMA domain.
    case dmaDomain = "DMA"
    /// An identity domain, or no IOMMU at all.
    case identity = "ID"
}
