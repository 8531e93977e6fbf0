// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

@main
struct Doorbell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doorbell",
        abstract: "Tells whether an ARM64 kernel maps PCIe MSIs correctly under VFIO.",
        subcommands: [PCICommand.self])
}
