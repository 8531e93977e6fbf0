// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Reports
import SystemPackage

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Prints what must be seen when suites run on a board, without the board.",
        discussion: """
            The board is a description in Labs/Facts, or what an archived run found. Nothing is \
            observed: this is the expectation that a run is held against.
            """)

    @OptionGroup var choice: ModelChoice

    @Flag(help: "Draw the IOVA spaces too.")
    var draw = false

    @Option(help: ArgumentHelp("Write the drawing of the one case as SVG.", valueName: "file"))
    var svg: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let predictions = try choice.predictions(in: Project())
        if let svg {
            guard let prediction = predictions.first, predictions.count == 1 else {
                throw ValidationError(
                    "--svg draws one case, and these are \(predictions.count); choose with --case.")
            }
            try TextFile.write(SpaceSVG.render(prediction), to: FilePath(svg))
        }
        if json { return try JSONText.print(predictions) }
        let ink: Ink = Terminal.standardOutput.hasColours ? .coloured : .plain
        let columns =
            Terminal.standardOutput.isInteractive
            ? max(60, Terminal.standardOutput.columns) : 80
        let texts = predictions.map { prediction in
            PredictionText.render(prediction, ink: ink)
                + (draw ? "\n" + SpaceText.render(prediction, columns: columns) : "")
        }
        Terminal.standardOutput.write(texts.joined(separator: "\n"))
    }
}
