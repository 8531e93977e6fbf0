// SPDX-License-Identifier: GPL-3.0-or-later

/// A call that the agent made into the kernel.
///
/// The VFIO ones are `include/uapi/linux/vfio.h`, 6.1.
package enum KernelCall: UInt16, CaseIterable, WireValue {
    /// No call was needed.
    case none = 0
    case open = 1
    case close = 2
    case mmap = 3
    case munmap = 4
    case eventfd = 5
    case read = 6
    case write = 7
    case pread = 8
    case pwrite = 9
    case poll = 10
    case uname = 11
    case readlink = 12
    case unlink = 13
    case mkdir = 14
    case getdents = 15
    case syslog = 16
    case kill = 17
    case clockNanosleep = 18

    case getAPIVersion = 0x100
    case checkExtension = 0x101
    case setIOMMU = 0x102
    case groupGetStatus = 0x103
    case groupSetContainer = 0x104
    case groupUnsetContainer = 0x105
    case groupGetDeviceFD = 0x106
    case deviceGetInfo = 0x107
    case deviceGetRegionInfo = 0x108
    case deviceGetIRQInfo = 0x109
    case deviceSetIRQs = 0x10A
    case deviceReset = 0x10B
    case iommuGetInfo = 0x10C
    case iommuMapDMA = 0x10D
    case iommuUnmapDMA = 0x10E
}

extension KernelCall: CustomStringConvertible {
    /// The kernel's own name: `VFIO_SET_IOMMU`, `open`.
    package var description: String {
        switch self {
        case .none: "no call"
        case .open: "open"
        case .close: "close"
        case .mmap: "mmap"
        case .munmap: "munmap"
        case .eventfd: "eventfd2"
        case .read: "read"
        case .write: "write"
        case .pread: "pread64"
        case .pwrite: "pwrite64"
        case .poll: "poll"
        case .uname: "uname"
        case .readlink: "readlinkat"
        case .unlink: "unlinkat"
        case .mkdir: "mkdirat"
        case .getdents: "getdents64"
        case .syslog: "syslog"
        case .kill: "kill"
        case .clockNanosleep: "clock_nanosleep"
        case .getAPIVersion: "VFIO_GET_API_VERSION"
        case .checkExtension: "VFIO_CHECK_EXTENSION"
        case .setIOMMU: "VFIO_SET_IOMMU"
        case .groupGetStatus: "VFIO_GROUP_GET_STATUS"
        case .groupSetContainer: "VFIO_GROUP_SET_CONTAINER"
        case .groupUnsetContainer: "VFIO_GROUP_UNSET_CONTAINER"
        case .groupGetDeviceFD: "VFIO_GROUP_GET_DEVICE_FD"
        case .deviceGetInfo: "VFIO_DEVICE_GET_INFO"
        case .deviceGetRegionInfo: "VFIO_DEVICE_GET_REGION_INFO"
        case .deviceGetIRQInfo: "VFIO_DEVICE_GET_IRQ_INFO"
        case .deviceSetIRQs: "VFIO_DEVICE_SET_IRQS"
        case .deviceReset: "VFIO_DEVICE_RESET"
        case .iommuGetInfo: "VFIO_IOMMU_GET_INFO"
        case .iommuMapDMA: "VFIO_IOMMU_MAP_DMA"
        case .iommuUnmapDMA: "VFIO_IOMMU_UNMAP_DMA"
        }
    }
}
