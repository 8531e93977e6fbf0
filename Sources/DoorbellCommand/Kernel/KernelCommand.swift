// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

struct KernelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel",
        abstract: "Makes kernels and tells them apart.",
        subcommands: [
            KernelBuildCommand.self, KernelListCommand.self, KernelShowCommand.self,
            KernelImportCommand.self,
        ])
}
