// SPDX-License-Identifier: GPL-3.0-or-later

import PCIInventory
import SecureShell
import Vocabulary

/// Reads what `SysfsMirror.program` prints through the files of a board: on a board that has the
/// agent already, reading is a tenth of what the program's processes cost.
struct MirrorReading {
    private static let devices = RemotePath("/sys/bus/pci/devices")
    /// The files of a function, before `resource`, its links and `config`.
    private static let values = MirroredFile.allCases.map(\.rawValue)
    private static let links = ["driver", "iommu_group"]

    /// Gives the program's output, line for line.
    /// - Throws: `BoardFileError` where the board has no PCI bus.
    static func text(through files: any BoardFiles) async throws -> String {
        let names = try await files.entries(of: devices)
        let reports = try await files.carryOut(names.flatMap(errands))
        let width = errands("").count
        var text = "doorbell-sysfs-mirror 1\n"
        for (place, name) in names.enumerated() {
            text += function(name, reports[place * width..<(place + 1) * width])
        }
        return text + "done \(names.count)\n"
    }

    private static func errands(_ function: String) -> [FileErrand] {
        let folder = devices.appending(function)
        return [.readLink(folder)]
            + (values + ["resource"]).map { .read(folder.appending($0)) }
            + links.map { .readLink(folder.appending($0)) }
            + [.read(folder.appending("config"))]
    }

    /// A file that is missing or may not be read is left out, as by the program.
    private static func function(_ name: String, _ reports: ArraySlice<FileReport>) -> String {
        var rest = reports
        var text = "function \(name)\n"
        if let target = try? rest.removeFirst().target() { text += "path \(path(target))\n" }
        for value in values {
            guard let line = try? rest.removeFirst().text().split(separator: "\n").first else {
                continue
            }
            text += "\(value) \(line)\n"
        }
        if let resource = try? rest.removeFirst().text() {
            text += resource.split(separator: "\n").map { "resource \($0)\n" }.joined()
        }
        for link in links {
            guard let target = try? rest.removeFirst().target() else { continue }
            text += "\(link) \(target.split(separator: "/").last ?? "")\n"
        }
        text += "config\n"
        if let bytes = try? rest.removeFirst().bytes() { text += dump(bytes) }
        return text + "end \(name)\n"
    }

    /// `../../../devices/pci0000:00/0000:00:01.0` without what leads to `/sys/devices`.
    private static func path(_ target: String) -> String {
        let parts = target.split(separator: "/")
        guard let root = parts.firstIndex(of: "devices") else { return target }
        return parts[(root + 1)...].joined(separator: "/")
    }

    /// Sixteen bytes a line, as `od -An -v -tx1` prints them.
    private static func dump(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            bytes[start..<min(start + 16, bytes.count)]
                .map { " " + Hexadecimal.digits(UInt64($0), width: 2) }.joined() + "\n"
        }.joined()
    }
}
