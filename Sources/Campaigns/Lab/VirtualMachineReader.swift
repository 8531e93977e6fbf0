// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads what a lab file says of a board that QEMU makes.
enum VirtualMachineReader {
    static func machine(_ reader: MappingReader<BoardKey>) -> VirtualMachine? {
        let controller = reader.required(.msiController) {
            $0.choice(DoorbellFrame.Controller.self)
        }
        let devices = reader.required(.devices, deviceList)
        let cpu = reader.optional(.cpu, default: "neoverse-n1", cpuModel)
        let cpus = reader.optional(.cpus, default: 2) { cpuCount($0, controller) }
        let memory = reader.optional(.memory, default: .mebibytes(1024), memorySize)
        let smmu = reader.optional(.smmu, default: true) { $0.boolean() }
        let virtualization = reader.optional(.virtualization, default: true) { $0.boolean() }
        let observer = reader.optional(.observer, default: true) { $0.boolean() }
        let words = reader.optional(.commandLine, default: []) { $0.list(of: commandLineWord) }
        let start = reader.optional(.start, default: .boot) { way($0, devices) }
        let wait = reader.optional(.firmwareWait, default: .zero) { $0.duration() }
        guard let controller, let devices else { return nil }
        return VirtualMachine(
            msiController: controller, cpu: cpu, cpus: cpus, memory: memory, hasSMMU: smmu,
            hasVirtualization: virtualization, isObserved: observer, devices: devices,
            commandLine: words, startsFromSnapshot: start == .snapshot, firmwareWait: wait)
    }

    /// QEMU cannot write an NVMe down (`nvme_vmstate`, hw/nvme/ctrl.c, 7.2: unmigratable).
    private static func way(_ value: Value, _ devices: [VirtualDevice]?) -> VirtualStart? {
        guard let start = value.choice(VirtualStart.self) else { return nil }
        guard start == .snapshot, let disk = devices?.first(where: { $0.model == .nvme }) else {
            return start
        }
        return value.complain(
            "QEMU keeps no nvme in a snapshot, and the board has '\(disk.name)'; let it boot",
            as: VirtualStart.self)
    }

    /// QEMU takes options behind a comma: `max,pauth-impdef=on`; anything else would be a mistake.
    private static func cpuModel(_ value: Value) -> String? {
        guard let text = value.text("a CPU model of QEMU") else { return nil }
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ",=-_.".utf8.contains(byte)
            }
        }
        guard allowed else {
            return value.complain(
                "'\(shortened(text))' is no CPU model; write one that `qemu-system-aarch64 -cpu "
                    + "help` lists", as: String.self)
        }
        return text
    }

    /// A GICv2 has 8 CPU interfaces (GICv2 architecture, 1.2); QEMU's virt stops at 512.
    private static func cpuCount(_ value: Value, _ controller: DoorbellFrame.Controller?) -> Int? {
        value.count(1...(controller == .gicv2m ? 8 : 512))
    }

    private static func memorySize(_ value: Value) -> ByteCount? {
        guard let size = value.byteCount() else { return nil }
        let bounds: ClosedRange<ByteCount> = .mebibytes(256) ... .mebibytes(255 << 10)
        guard bounds.contains(size), size.rawValue % (1 << 20) == 0 else {
            return value.complain(
                "the memory must be whole MiB from \(bounds.lowerBound) to \(bounds.upperBound)",
                as: ByteCount.self)
        }
        return size
    }

    private static func deviceList(_ value: Value) -> [VirtualDevice]? {
        guard let values = value.list() else { return nil }
        var shelf = DeviceShelf()
        let devices = values.map { shelf.device($0) }
        return devices.contains { $0 == nil } ? nil : devices.compactMap(\.self)
    }
}

/// Reads one word for a kernel's command line.
func commandLineWord(_ value: Value) -> String? {
    guard let text = value.text("a word for the kernel's command line") else { return nil }
    guard !text.contains(where: \.isWhitespace) else {
        return value.complain("write one word here, and a list item for each", as: String.self)
    }
    return text
}
