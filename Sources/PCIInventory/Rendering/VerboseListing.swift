// SPDX-License-Identifier: GPL-3.0-or-later

internal import Vocabulary

/// The terse line and what a tester of interrupts wants to see below it.
///
/// The lines about subsystem, regions, bridge windows, MSI, MSI-X and ACS are byte for byte those of
/// `lspci -vv`, which prints more of them. Of other capabilities only place and name are told, and
/// the decoder's remarks come last.
package struct VerboseListing {
    package let terse: TerseListing

    package init(of devices: [PCIDevice]) {
        terse = TerseListing(of: devices)
    }

    /// Writes the lines of a function, each without its line end.
    package func lines(_ device: PCIDevice) -> [String] {
        let list = device.capabilityList
        return [terse.line(device) + programmingInterface(device.classCode)]
            + identity(device) + device.regions.map { Self.region($0, of: device) }
            + (device.bridge.map(BridgeLines.lines) ?? [])
            + (device.rom.map { [Self.rom($0, of: device)] } ?? [])
            + list.capabilities.flatMap(CapabilityLines.lines)
            + (device.driver.map { ["\tKernel driver in use: \($0)"] } ?? [])
            + list.notes.map { "\t!!! \($0)" }
    }

    private func programmingInterface(_ code: PCIClass) -> String {
        guard code.programmingInterface != 0 || code.programmingInterfaceName != nil else {
            return ""
        }
        let number = Hexadecimal.digits(UInt64(code.programmingInterface), width: 2)
        let name = code.programmingInterfaceName.map { " [\($0)]" } ?? ""
        return " (prog-if \(number)\(name))"
    }

    private func identity(_ device: PCIDevice) -> [String] {
        var lines: [String] = []
        if let subsystem = device.identity.subsystem {
            let name = TerseListing.name(subsystem.vendor, subsystem.device)
            lines.append("\tSubsystem: \(TerseListing.shortened(name, size: 256))")
        }
        if let node = device.numaNode {
            lines.append("\tNUMA node: \(node)")
        }
        if let group = device.iommuGroup {
            lines.append("\tIOMMU group: \(group)")
        }
        return lines
    }

    private static func region(_ region: PCIRegion, of device: PCIDevice) -> String {
        let command = device.configuration.word(at: 0x04) ?? 0
        let isPorts = region.kind == .ports
        let isDecoded = command & (isPorts ? 1 : 2) != 0
        let place = assigned(region, width: isPorts ? 4 : 8, isDecoded: isPorts && isDecoded)
        let state = region.isVirtual ? " [virtual]" : isDecoded ? "" : " [disabled]"
        let enhanced = region.isEnhanced ? " [enhanced]" : ""
        let start = "\tRegion \(region.index): \(isPorts ? "I/O ports" : "Memory") at \(place)"
        return start + width(region.kind) + state + enhanced + size(region.size)
    }

    private static func assigned(_ region: PCIRegion, width: Int, isDecoded: Bool) -> String {
        guard region.address.rawValue != 0 || isDecoded else { return "<unassigned>" }
        return Hexadecimal.digits(region.address.rawValue, width: width)
    }

    private static func width(_ kind: PCIRegionKind) -> String {
        guard case .memory(let width, let isPrefetchable) = kind else { return "" }
        let bits =
            switch width {
            case .bits32: "32-bit"
            case .below1MiB: "low-1M"
            case .bits64: "64-bit"
            case .reserved: "type 3"
            }
        return " (\(bits), \(isPrefetchable ? "" : "non-")prefetchable)"
    }

    private static func rom(_ rom: PCIRegion, of device: PCIDevice) -> String {
        let command = device.configuration.word(at: 0x04) ?? 0
        let isEnabled = rom.kind == .rom(enabled: true)
        let state =
            (rom.isVirtual ? " [virtual]" : "")
            + (!isEnabled
                ? " [disabled]"
                : !rom.isVirtual && command & 2 == 0 ? " [disabled by cmd]" : "")
        return "\tExpansion ROM at \(assigned(rom, width: 8, isDecoded: false))\(state)"
            + (rom.isEnhanced ? " [enhanced]" : "") + size(rom.size)
    }

    /// Writes a size as lspci does: the largest unit that divides it.
    static func size(_ size: ByteCount?) -> String {
        guard var number = size?.rawValue, number != 0 else { return "" }
        var units = ["", "K", "M", "G", "T"][...]
        while number % 1024 == 0, units.count > 1 {
            number /= 1024
            units.removeFirst()
        }
        return " [size=\(number)\(units.first ?? "")]"
    }
}
