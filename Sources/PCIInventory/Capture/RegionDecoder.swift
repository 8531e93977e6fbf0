// SPDX-License-Identifier: GPL-3.0-or-later

internal import CLibPCI
private import Vocabulary

/// Reads the BARs and the expansion ROM of a function as libpci reports them.
///
/// With sysfs the flags are the kernel's `IORESOURCE_*` (include/linux/ioport.h); with a dump they
/// are the low bits of the registers.
struct RegionDecoder {
    let regions: [PCIRegion]
    let rom: PCIRegion?

    private static let ports: UInt64 = 0x100
    private static let memory: UInt64 = 0x200
    private static let prefetchable: UInt64 = 0x2000
    private static let wide: UInt64 = 0x0010_0000
    private static let enhanced: UInt64 = 0x20

    init(_ function: LibPCI.Function, _ configuration: ConfigurationSpace) {
        let device = unsafe function.fields
        let addresses = unsafe Self.array(device.base_addr)
        let sizes = unsafe Self.array(device.size)
        let flags = unsafe Self.array(device.flags)
        let knowsSizes = unsafe device.known_fields & UInt32(PCI_FILL_SIZES) != 0
        let knowsFlags = unsafe device.known_fields & UInt32(PCI_FILL_IO_FLAGS) != 0
        regions = (0..<6).compactMap { index in
            Self.region(
                index, base: addresses[index], size: knowsSizes ? sizes[index] : nil,
                flags: knowsFlags ? flags[index] : nil, configuration)
        }
        let romSize = unsafe knowsSizes ? device.rom_size : nil
        rom = unsafe Self.rom(
            base: device.rom_base_addr, size: romSize, flags: device.rom_flags, configuration)
    }

    private static func region(
        _ index: Int, base: UInt64, size: UInt64?, flags: UInt64?,
        _ configuration: ConfigurationSpace
    ) -> PCIRegion? {
        let flags = flags ?? asResourceFlags(base)
        guard base != 0 || flags & (ports | memory) != 0 || size ?? 0 != 0 else { return nil }
        let isPorts = flags & ports != 0
        return PCIRegion(
            index: UInt8(index), kind: isPorts ? .ports : memoryKind(base, flags),
            address: RegionAddress(rawValue: base & (isPorts ? ~3 : ~0xf)),
            size: size.flatMap { $0 == 0 ? nil : .bytes($0) },
            isEnhanced: flags & enhanced != 0,
            isVirtual: isVirtual(index, base: base, flags: flags, configuration))
    }

    /// Width 1 (below 1 MiB) has no flag of its own in the kernel; the register's bits stay in it.
    private static func memoryKind(_ base: UInt64, _ flags: UInt64) -> PCIRegionKind {
        let width: MemoryWidth =
            flags & wide != 0 ? .bits64 : MemoryWidth(rawValue: UInt8(base >> 1 & 3)) ?? .bits32
        return .memory(width, prefetchable: flags & prefetchable != 0)
    }

    /// Translates the low bits of a BAR register, for a dump.
    private static func asResourceFlags(_ register: UInt64) -> UInt64 {
        guard register != 0 else { return 0 }
        guard register & 1 == 0 else { return ports }
        return memory | (register & 8 != 0 ? prefetchable : 0) | (register & 6 == 4 ? wide : 0)
    }

    /// Whether the kernel has an address where the device's own registers have none.
    private static func isVirtual(
        _ index: Int, base: UInt64, flags: UInt64, _ configuration: ConfigurationSpace
    ) -> Bool {
        guard base != 0, flags & enhanced == 0,
            let register = configuration.long(at: 0x10 + 4 * index)
        else { return false }
        return register == 0
    }

    private static func rom(
        base: UInt64, size: UInt64?, flags: UInt64, _ configuration: ConfigurationSpace
    ) -> PCIRegion? {
        let register: UInt32? =
            switch configuration.headerType {
            case .endpoint: configuration.long(at: 0x30)
            case .bridge: configuration.long(at: 0x38)
            default: nil
            }
        let inDevice = UInt64(register == .max ? 0 : register ?? 0)
        guard base != 0 || inDevice != 0 || size ?? 0 != 0 else { return nil }
        let address = base & ~0x7ff
        return PCIRegion(
            index: 6, kind: .rom(enabled: inDevice & 1 != 0),
            address: RegionAddress(rawValue: address),
            size: size.flatMap { $0 == 0 ? nil : .bytes($0) },
            isEnhanced: flags & enhanced != 0,
            isVirtual: address != 0 && inDevice & ~0x7ff == 0 && flags & enhanced == 0)
    }

    private static func array(
        _ six: (pciaddr_t, pciaddr_t, pciaddr_t, pciaddr_t, pciaddr_t, pciaddr_t)
    ) -> [UInt64] {
        [six.0, six.1, six.2, six.3, six.4, six.5].map { UInt64($0) }
    }
}
