// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import PCIInventory
import SystemPackage
import Vocabulary

/// `doorbell pci`: what is on the PCI buses, as lspci tells it.
struct PCICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pci",
        abstract: "Lists PCI functions with their MSI and MSI-X capabilities.",
        discussion: "Without a source it lists those of this machine.")

    @Option(help: ArgumentHelp("A folder that stands for /sys.", valueName: "dir"))
    var sysfs: String?

    @Option(help: ArgumentHelp("The output of lspci -xxxx.", valueName: "file"))
    var dump: String?

    @OptionGroup var listing: PCIListing

    func validate() throws {
        guard sysfs == nil || dump == nil else {
            throw ValidationError("--sysfs and --dump exclude each other.")
        }
    }

    func run() throws {
        try listing.show(source)
    }

    private var source: PCISource {
        if let sysfs { return .sysfs(FilePath(sysfs)) }
        if let dump { return .dump(FilePath(dump)) }
        return .thisMachine
    }
}
