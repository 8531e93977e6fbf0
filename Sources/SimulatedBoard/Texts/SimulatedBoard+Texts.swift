// SPDX-License-Identifier: GPL-3.0-or-later
package import Evidence
import Vocabulary

extension SimulatedBoard {
    /// What the board says of itself, as a survey of a real board archives it.
    package var texts: [RawText] {
        [
            RawText(source: .boardFacts, file: "facts.txt", text: facts),
            RawText(source: .deviceTree, file: "device-tree.txt", text: deviceTree.dump),
            RawText(source: .interruptControllers, file: "madt.txt", text: ""),
            RawText(source: .ioMemory, file: "iomem.txt", text: ioMemory),
            RawText(source: .bootLog, file: "boot-dmesg.txt", text: bootLog),
        ]
    }

    private var releaseText: String { "\(release).0-simulated" }

    /// A board whose IOMMU's driver lists the hardware's window alone, as those of PCs do.
    private var isLikePC: Bool { board.hardwareWindow != nil && !board.listsBothWindows }

    private var facts: String {
        let smmu = board.smmus[0]
        let isFile = generation == .iommufd || generation == .iommufdTable
        var lines = [
            "kernel.release=\(releaseText)",
            "kernel.version=#1 SMP simulated",
            "kernel.command=console=ttyAMA0"
                + (generation == .identity ? " iommu.passthrough=1" : ""),
            "machine=\(isLikePC ? "x86_64" : "aarch64")",
            "boot.id=00000000-0000-4000-8000-000000000001",
            "page.kib=\(board.page.bytes.rawValue >> 10)",
            "user.top=0xffffc42a8000",
            "simulated=\(label): \(board.summary)",
            "iommu.interface=\(isFile ? "iommufd" : "type1")",
            "smmu.pages=" + Hexadecimal.prefixed(smmu.pageSizes(page: board.page)),
            "smmu.bits=\(smmu.inputBits)",
            "smmu.stage=\(smmu.stage)",
            "default.domain=\(generation == .identity ? "identity" : "DMA")",
            "vfio_iommu_type1.allow_unsafe_interrupts=N",
        ]
        if let window = board.hardwareWindow { lines.append("hardware.msi.window=\(window)") }
        for function in board.functions {
            lines.append("dma.mask.bits.\(function.address)=\(function.maskBits)")
            lines += function.direct.map { "direct.\(function.address)=\($0)" }
            lines += function.relaxable.map { "relaxable.\(function.address)=\($0)" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private var bootLog: String {
        var lines = [
            "Linux version \(releaseText) (simulated) #1 SMP simulated", "Machine model: \(label)",
        ]
        for controller in board.controllers { lines += Self.announcement(of: controller) }
        for smmu in board.smmus { lines += announcement(of: smmu) }
        for function in board.functions {
            lines.append("pci \(function.address): Adding to iommu group \(function.group)")
        }
        return lines.enumerated().map { place, line in
            "[    0.\(String(100_000 + place))] \(line)\n"
        }.joined()
    }

    private static func announcement(of controller: ControllerDescription) -> [String] {
        let range: (UInt64) -> String = { size in
            let last = controller.base.rawValue + size - 1
            return "[mem \(controller.base)-\(Hexadecimal.prefixed(last, width: 8))]"
        }
        return switch controller.kind {
        case .frame(let spis):
            ["GICv2m: range\(range(0x1000)), SPI[\(spis.lowerBound):\(spis.upperBound)]"]
        case .its, .preITS: ["ITS \(range(0x2_0000))"]
        case .mbi(let spis):
            [
                "GICv3: MBI range [\(spis.lowerBound):\(spis.upperBound)]",
                "GICv3: Using MBI frame \(controller.base)",
            ]
        }
    }

    private func announcement(of smmu: SMMUDescription) -> [String] {
        let bits = smmu.inputBits
        guard smmu.architecture == .two else {
            return ["\(smmu.deviceName): ias \(bits)-bit, oas \(bits)-bit (features 0x00008305)"]
        }
        return [
            "\(smmu.deviceName): probing hardware configuration...",
            "\(smmu.deviceName): SMMUv1 with:",
            "\(smmu.deviceName): \tstage \(smmu.stage) translation",
            "\(smmu.deviceName): \tSupported page sizes: "
                + Hexadecimal.prefixed(smmu.pageSizes, width: 8),
            "\(smmu.deviceName): \tStage-\(smmu.stage): \(bits)-bit IPA -> \(bits)-bit PA",
        ]
    }

    /// `/proc/iomem`: who owns which registers and where memory is.
    private var ioMemory: String {
        var owners: [(UInt64, UInt64, String)] = [
            (board.memoryBase.rawValue, 0x3fff_ffff, "System RAM"),
            (board.distributor.rawValue, 0xffff, "GICD"),
        ]
        for smmu in board.smmus {
            let name = smmu.deviceName.split(separator: " ").last.map(String.init) ?? "smmu"
            owners.append((smmu.base.rawValue, 0x1_ffff, name))
        }
        for neighbour in board.neighbours {
            owners.append((neighbour.first.rawValue, neighbour.size.rawValue - 1, neighbour.owner))
        }
        return owners.sorted { $0.0 < $1.0 }.map { first, size, owner in
            Hexadecimal.digits(first, width: 8) + "-"
                + Hexadecimal.digits(first + size, width: 8) + " : " + owner + "\n"
        }.joined()
    }
}
