// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Reports
import ResultArchive
import Scheduling

struct BisectStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells how far a bisection is: what is left, how many boots, how long.")

    @OptionGroup var which: BisectionChoice

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let reading = try which.reading(in: Project())
        let story = try reading.story()
        if json { return try JSONText.print(story) }
        // Whoever goes on with it holds its lock.
        let isRunning = try FileLock(trying: reading.folder.lock) == nil
        Terminal.standardOutput.write(BisectionText.status(story, isRunning: isRunning))
    }
}
