// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Boards
import Campaigns
import Foundation
import PCIInventory
import SystemPackage
import Vocabulary

/// `doorbell pci`: what is on the PCI buses, as lspci tells it.
struct PCICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pci",
        abstract: "Lists PCI functions with their MSI and MSI-X capabilities.",
        discussion: "Without a source it lists those of this machine.")

    @Option(help: ArgumentHelp("A folder that stands for /sys.", valueName: "dir"))
    var sysfs: String?

    @Option(help: ArgumentHelp("The output of lspci -xxxx.", valueName: "file"))
    var dump: String?

    @Option(help: "A board of the lab, which is brought to life for it.")
    var board: String?

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab = "virtual"

    @OptionGroup var listing: PCIListing

    func validate() throws {
        guard [sysfs, dump, board].compactMap(\.self).count < 2 else {
            throw ValidationError("--sysfs, --dump and --board exclude each other.")
        }
    }

    func run() async throws {
        if let board {
            try listing.show(try await inventory(of: board))
        } else {
            try listing.show(source)
        }
    }

    private var source: PCISource {
        if let sysfs { return .sysfs(FilePath(sysfs)) }
        if let dump { return .dump(FilePath(dump)) }
        return .thisMachine
    }

    private func inventory(of name: String) async throws -> [PCIDevice] {
        let project = Project()
        let path = try project.find("lab", lab, in: project.labs)
        let lab = try Lab(project.source(path))
        let order = try project.order(Selection.boards(named: [name], in: lab)[0], of: path)
        let log = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-console-\(UUID().uuidString)")
        defer {
            // A leftover in the temporary folder harms nobody.
            try? FileManager.default.removeItem(at: log)
        }
        let provisions = LiveBoard.Provisions(
            consoleLog: FilePath(log.path), agent: project.agent)
        return try await Interruption.interruptible {
            try await BoardErrand.inventory(of: order, provisions: provisions) { line in
                Terminal.standardError.say("doorbell: \(line)")
            }
        }
    }
}
