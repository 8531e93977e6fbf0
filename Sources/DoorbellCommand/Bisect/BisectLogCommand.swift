// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Reports

struct BisectLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Prints the boots as git bisect log has them.",
        discussion: "Of commits, `git bisect replay` reads it.")

    @OptionGroup var which: BisectionChoice

    func run() throws {
        let story = try which.reading(in: Project()).story()
        Terminal.standardOutput.write(BisectionText.log(story))
    }
}
