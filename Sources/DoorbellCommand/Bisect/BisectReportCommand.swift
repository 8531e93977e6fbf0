// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Reports

struct BisectReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Prints what a bisection came to, with every boot that it rests on.")

    /// As what a report is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, html
    }

    @OptionGroup var which: BisectionChoice

    @Option(help: "text, json or html.")
    var format = Format.text

    func run() throws {
        let story = try which.reading(in: Project()).story()
        switch format {
        case .text:
            Terminal.standardOutput.write(BisectionText.render(story, ink: Terminal.outputInk))
        case .json: try JSONText.print(story)
        case .html: Terminal.standardOutput.write(BisectionPage.render(story))
        }
    }
}
