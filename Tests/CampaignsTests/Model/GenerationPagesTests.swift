// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ReferenceModel
import Reports
import SystemPackage
import Testing
import Vocabulary

/// A page of the model's documentation, and the prediction that it shows.
struct GenerationPage: CustomTestStringConvertible {
    let generation: Generation
    let board: String
    let name: String
    let kernel: KernelVersion

    init(_ generation: Generation, _ board: String, _ name: String, _ major: Int, _ minor: Int) {
        self.generation = generation
        self.board = board
        self.name = name
        kernel = KernelVersion(major: major, minor: minor)
    }

    static let all = [
        GenerationPage(.userWindow, "virt-v2m", "window", 4, 8),
        GenerationPage(.mixed, "overdrive", "doorbell", 4, 8),
        GenerationPage(.fixedWindow, "virt-v2m", "map-before-arm", 5, 0),
        GenerationPage(.fixedWindowWithRanges, "virt-v2m", "doorbell", 6, 1),
        GenerationPage(.iommufd, "virt-its", "move", 6, 12),
        GenerationPage(.iommufdTable, "virt-its", "move", 6, 15),
        GenerationPage(.hardwareWindow, "hip07", "doorbell", 6, 1),
        GenerationPage(.dmaDomain, "virt-v2m", "host-driver", 6, 1),
        GenerationPage(.identity, "virt-v2m", "host-driver", 6, 1),
    ]

    var testDescription: String { generation.rawValue }

    private static let catalogue = repository.appending(
        path: "Sources/ReferenceModel/ReferenceModel.docc")

    var text: FilePath { Self.catalogue.appending("Generation-\(generation.rawValue).md") }

    var drawing: FilePath {
        Self.catalogue.appending("Resources").appending("generation-\(generation.rawValue).svg")
    }

    /// What makes the page's drawing.
    var command: String {
        "./doorbell model generations --board \(board) --case \(name) "
            + "--generation \(generation.rawValue) --kernel-version \(kernel)"
            + (generation == .dmaDomain ? " --fresh-host" : "")
    }

    func prediction() throws -> CasePrediction {
        let all = try Predictions.of(
            "generations", on: board, as: generation, kernel: kernel,
            freshHost: generation == .dmaDomain)
        return try #require(all.first { $0.name.text == name })
    }
}

@Suite("The model's documentation shows what the model says")
struct GenerationPagesTests {
    @Test("Every generation has a page")
    func everyGeneration() {
        #expect(Set(GenerationPage.all.map(\.generation)) == Set(Generation.allCases))
    }

    /// With `DOORBELL_RECORD` set the drawing and the text are written instead, and the test fails.
    @Test("Its drawing and its steps are those of today's model", arguments: GenerationPage.all)
    func page(_ page: GenerationPage) throws {
        let prediction = try page.prediction()
        let drawing = SpaceSVG.render(prediction)
        let steps = PredictionText.render(prediction, ink: .plain)
        if ProcessInfo.processInfo.environment["DOORBELL_RECORD"] != nil {
            try record(page, drawing, steps)
        }
        let text = try contents(of: page.text)
        #expect(text.contains("```text\n\(steps)```\n"))
        #expect(text.contains("(generation-\(page.generation.rawValue).svg)"))
        #expect(text.contains(page.command))
        #expect(try contents(of: page.drawing) == drawing)
    }

    @Test("A drawing is XML that every reader takes", arguments: GenerationPage.all)
    func wellFormed(_ page: GenerationPage) throws {
        let drawing = SpaceSVG.render(try page.prediction())
        #expect(drawing.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(drawing.hasSuffix("</svg>\n"))
        let opened = drawing.split(separator: "<text ").count - 1
        #expect(opened == drawing.split(separator: "</text>").count - 1 && opened > 5)
    }

    @Test("Drawn with characters it fits into 80 columns", arguments: GenerationPage.all)
    func columns(_ page: GenerationPage) throws {
        let text = SpaceText.render(try page.prediction(), columns: 80)
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    private func record(_ page: GenerationPage, _ drawing: String, _ steps: String) throws {
        try drawing.write(toFile: page.drawing.string, atomically: true, encoding: .utf8)
        let old = try contents(of: page.text)
        let parts = old.split(separator: "```text\n", maxSplits: 1)
        let rest = try #require(parts.last?.firstRange(of: "```\n"))
        let new = parts[0] + "```text\n" + steps + "```\n" + parts[1][rest.upperBound...]
        try new.write(toFile: page.text.string, atomically: true, encoding: .utf8)
        Issue.record("\(page.generation.rawValue) was recorded")
    }

    private func contents(of path: FilePath) throws -> String {
        try String(contentsOfFile: path.string, encoding: .utf8)
    }
}
