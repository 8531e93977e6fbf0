// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import PCIInventory
import Vocabulary

/// What a person should know of a probed board, a line for each thing; nothing in it is clean.
struct ProbeRemarks {
    let board: ProbedBoard

    var lines: [String] { machine + groups + ringing + protected }

    private var machine: [String] {
        let page = board.pageSize.map(\.description) ?? "of unknown size"
        let translators =
            board.translators.isEmpty
            ? ["no SMMU: /sys/class/iommu is empty"] : board.translators.map(Self.translator)
        let sizes = smmuPages.map { "SMMU pages: \($0)" }
        return ["kernel \(board.release) (\(board.machine)), CPU pages \(page)"]
            + translators + sizes
    }

    /// The drivers name their instances so (`arm-smmu-v3.c` and `arm-smmu.c`, 6.12).
    private static func translator(_ name: String) -> String {
        if name.hasPrefix("smmu3.") { return "SMMUv3 \(name)" }
        if name.hasPrefix("smmu.") { return "SMMUv1 or SMMUv2 \(name)" }
        return "IOMMU \(name)"
    }

    /// `arm-smmu …: \tSupported page sizes: 0x61311000` (`arm-smmu.c`, 6.12), a bit for each.
    private var smmuPages: [String] {
        let words = "Supported page sizes: 0x"
        return board.evidence.bootLog.compactMap { line -> String? in
            guard line.message.hasPrefix("arm-smmu"), let place = line.message.firstRange(of: words)
            else { return nil }
            let digits = line.message[place.upperBound...].prefix(while: \.isHexDigit)
            guard let mask = Hexadecimal.value(digits) else { return nil }
            let sizes = (0..<64).map { UInt64(1) << UInt64($0) }.filter { mask & $0 != 0 }
            return sizes.map { ByteCount.bytes($0).description }.joined(separator: ", ")
        }
    }

    private var groups: [String] {
        let members = Dictionary(grouping: board.inventory.filter { $0.iommuGroup != nil }) {
            $0.iommuGroup ?? ""
        }
        guard !members.isEmpty else {
            return ["IOMMU groups: none; with a device tree a group comes with a device's driver"]
        }
        let sorted = members.sorted { (Int($0.key) ?? 0, $0.key) < (Int($1.key) ?? 0, $1.key) }
        return ["IOMMU groups:"]
            + sorted.map { name, devices in
                let type = board.groupTypes[name].map { " (\($0))" } ?? ""
                let addresses = devices.map(\.address.description).joined(separator: ", ")
                return "  \(name)\(type): \(addresses)"
            }
    }

    private var ringing: [String] {
        let found = board.inventory.compactMap { device -> String? in
            guard board.protection(of: device) == nil, let kind = board.ringing(device) else {
                return nil
            }
            return "  \(label(device)): \(kind.rawValue)"
        }
        return found.isEmpty ? ["can ring: nothing here"] : ["can ring:"] + found
    }

    private var protected: [String] {
        let found = board.inventory.compactMap { device in
            board.protection(of: device).map { "  \(label(device)) \($0)" }
        }
        return found.isEmpty ? [] : ["must not be touched:"] + found
    }

    private func label(_ device: PCIDevice) -> String {
        let driver = device.driver.map { ", driver \($0)" } ?? ""
        return
            "\(device.address) [\(device.identity.vendor.id):\(device.identity.device.id)]\(driver)"
    }
}
