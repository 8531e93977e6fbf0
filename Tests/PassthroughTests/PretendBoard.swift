// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import SecureShell
import Vocabulary

/// A sysfs in memory that behaves as the PCI core does on binding, and records what was written.
actor PretendBoard: BoardFiles {
    private(set) var writes: [String] = []
    private var files: [String: String] = [:]
    private var links: [String: String] = [:]
    /// Drivers that would take a function when it is probed.
    private var hosts: [String: String] = [:]
    /// Written to this path, the board dies: nothing answers any more.
    private var fatalPath: String?
    private var isDead = false

    init(files: [String: String] = [:], links: [String: String] = [:]) {
        self.files = files
        self.links = links
    }

    func addFunction(
        _ address: String, driver: String?, group: Int, classCode: String = "0x00ff00"
    ) {
        let device = "/sys/bus/pci/devices/\(address)"
        files["\(device)/driver_override"] = "(null)\n"
        files["\(device)/class"] = classCode + "\n"
        links["\(device)/iommu_group"] = "../../../kernel/iommu_groups/\(group)"
        files["/sys/kernel/iommu_groups/\(group)/devices/\(address)"] = ""
        if let driver {
            hosts[address] = driver
            links["\(device)/driver"] = "../../../bus/pci/drivers/\(driver)"
        }
    }

    func die(onWritingTo path: String) { fatalPath = path }
    func comeBack() { isDead = false; fatalPath = nil }
    func driver(of address: String) -> String? {
        links["/sys/bus/pci/devices/\(address)/driver"]?.split(separator: "/").last.map(String.init)
    }
    func override(of address: String) -> String? {
        files["/sys/bus/pci/devices/\(address)/driver_override"]
    }
    func notes() -> [String] { files.keys.filter { $0.hasPrefix("/run/doorbell/taken/") }.sorted() }

    func contents(of path: RemotePath, limit: ByteCount) throws -> [UInt8] {
        try breathe(path)
        guard let text = files[path.description] else { throw absent(path, "read") }
        return Array(text.utf8)
    }

    func write(_ text: String, to path: RemotePath) throws {
        if path.description == fatalPath { isDead = true }
        try breathe(path)
        writes.append("\(path) ← \(text)")
        if path.description == "/sys/bus/pci/drivers_probe" { return probe(text) }
        if path.description.hasSuffix("/driver/unbind") {
            links[String(path.description.dropLast("/unbind".count))] = nil
            return
        }
        guard files[path.description] != nil else { throw absent(path, "write to") }
        files[path.description] =
            path.description.hasSuffix("driver_override") && text == "\n" ? "(null)\n" : text
    }

    private func probe(_ address: String) {
        let device = "/sys/bus/pci/devices/\(address)"
        let override = files["\(device)/driver_override"] ?? "(null)\n"
        let driver = override == "(null)\n" ? hosts[address] : override
        if let driver { links["\(device)/driver"] = "../../../bus/pci/drivers/\(driver)" }
    }

    func create(_ path: RemotePath, holding text: String) throws {
        try breathe(path)
        files[path.description] = text
    }

    func remove(_ path: RemotePath) throws {
        try breathe(path)
        files[path.description] = nil
    }

    func makeDirectory(_ path: RemotePath) throws { try breathe(path) }

    func entries(of path: RemotePath) throws -> [String] {
        try breathe(path)
        let prefix = resolved(path.description) + "/"
        let names = files.keys.filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count).prefix { $0 != "/" }) }
        guard !names.isEmpty else { throw absent(path, "list") }
        return Set(names).sorted()
    }

    /// Follows the link to a function's group, which is on the way to the group's members.
    private func resolved(_ path: String) -> String {
        guard path.hasSuffix("/iommu_group/devices"),
            let target = links[String(path.dropLast("/devices".count))],
            let group = target.split(separator: "/").last
        else { return path }
        return "/sys/kernel/iommu_groups/\(group)/devices"
    }

    func target(ofLink path: RemotePath) throws -> String {
        try breathe(path)
        guard let target = links[path.description] else { throw absent(path, "read the link") }
        return target
    }

    private func breathe(_ path: RemotePath) throws {
        if isDead {
            throw BoardFileError(path: path, action: "reach", errno: .inputOutput)
        }
    }

    private func absent(_ path: RemotePath, _ action: String) -> BoardFileError {
        BoardFileError(path: path, action: action, errno: .noEntry)
    }
}
