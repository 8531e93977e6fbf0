// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import SecureShell
import Vocabulary

/// Reads the small facts of a running board.
///
/// The highest address that a process has shows the kernel's VA_BITS, and so the aperture of an
/// SMMU's stage 1 (`arm_smmu_domain_finalise_s1`, 6.1), without asking VFIO, which is judged.
enum BoardFactsReading {
    private static let kernel = RemotePath("/proc/sys/kernel")
    private static let groups = RemotePath("/sys/kernel/iommu_groups")
    private static let compatible = RemotePath("/sys/firmware/devicetree/base/compatible")
    private static let parameters = RemotePath("/sys/module/vfio_iommu_type1/parameters")
    private static let devices = RemotePath("/sys/bus/pci/devices")

    /// Gives the text that `BoardFactsText` reads.
    static func read(from board: LiveBoard) async throws -> String {
        let reports = try await board.files.carryOut([
            .read(kernel.appending("osrelease")), .read(kernel.appending("version")),
            .read("/proc/cmdline"), .read(kernel.appending("random/boot_id")),
            .read("/proc/self/maps"), .list(parameters), .list(groups), .read(compatible),
            .list(devices),
        ])
        let facts = BoardFactsText.text([
            "kernel.release": try line(reports[0]), "kernel.version": try line(reports[1]),
            "kernel.command": try line(reports[2]), "machine": board.agentIdentity.machine,
            "boot.id": try line(reports[3]),
            "page.kib": "\(board.agentIdentity.pageSize.rawValue >> 10)",
            "user.top": "0x" + top(of: try reports[4].text()),
        ])
        let names = try reports[5].ifPresent?.names() ?? []
        let functions = try reports[8].ifPresent?.names() ?? []
        return facts
            + (try await values(
                of: names.map { ("vfio_iommu_type1.\($0)", parameters.appending($0)) },
                on: board.files))
            + (try await values(of: functions.map(mask), on: board.files))
            + (try await domainType(of: reports[6], on: board.files))
            + emulation(try reports[7].ifPresent?.text() ?? "")
    }

    /// The default domain's type, as the first group that says one has it.
    private static func domainType(
        of list: FileReport, on files: any BoardFiles
    ) async throws -> String {
        guard let first = try list.ifPresent?.names().first else { return "" }
        let type = try await files.textIfPresent(of: groups.appending("\(first)/type"))
        switch type?.prefix(while: { !$0.isNewline }) {
        case "DMA", "DMA-FQ": return BoardFactsText.text(["default.domain": "DMA"])
        case "identity": return BoardFactsText.text(["default.domain": "identity"])
        default: return ""
        }
    }

    /// Whether it is QEMU's machine, which calls itself so in its device tree (`create_fdt`,
    /// hw/arm/virt.c, 7.2): the DMA of its devices carries no requester ID.
    private static func emulation(_ compatible: String) -> String {
        compatible.split(separator: "\0").contains("linux,dummy-virt")
            ? BoardFactsText.text(["dma.requester": "untold"]) : ""
    }

    /// How many bits the addresses have that a device's last driver allowed it: the kernel keeps
    /// the mask when the driver goes, and the RFC's allocator looks at it.
    private static func mask(of function: String) -> (key: String, path: RemotePath) {
        ("dma.mask.bits.\(function)", devices.appending("\(function)/dma_mask_bits"))
    }

    /// One that may not be read is left out.
    private static func values(
        of facts: [(key: String, path: RemotePath)], on files: any BoardFiles
    ) async throws -> String {
        let reports = try await files.carryOut(facts.map { .read($0.path) })
        return zip(facts, reports).compactMap { fact, report in
            (try? line(report)).map { BoardFactsText.text([fact.key: $0]) }
        }.joined()
    }

    private static func line(_ report: FileReport) throws -> String {
        String(try report.text().prefix { !$0.isNewline })
    }

    /// The end of the last mapping: `ffffc5ac1000-ffffc5ae2000 rw-p …`.
    private static func top(of maps: String) -> String {
        let range = maps.split(separator: "\n").last?.prefix { $0 != " " } ?? ""
        return String(range.split(separator: "-").last ?? "")
    }
}
