// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

/// What a user may get wrong before any board is touched: these run beside each other.
@Suite("Wrong usage, and files that are wrong")
struct UsageTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let words: [String]
        let says: [String]
        var testDescription: String { words.joined(separator: " ") }
    }

    static let mistakes = [
        Mistake(words: ["run", "smoek"], says: ["suite 'smoek'", "Did you mean 'smoke'?"]),
        Mistake(
            words: ["run", "--board", "virt-itz"],
            says: ["board 'virt-itz'", "Did you mean 'virt-its'?"]),
        Mistake(
            words: ["run", "--case", "one-vectro"],
            says: ["case 'one-vectro'", "Did you mean 'one-vector'?"]),
        Mistake(
            words: ["run", "--kernel", "debian-6.13"],
            says: ["kernel 'debian-6.13'", "Did you mean 'debian-6.1'?"]),
        Mistake(words: ["run", "--lab", "virtaul"], says: ["lab 'virtaul'", "'virtual'?"]),
        Mistake(words: ["run", "--lab", "/nowhere/lab.yaml"], says: ["there is no such file"]),
        Mistake(words: ["run", "--lab", "/usr"], says: ["this is a directory"]),
        Mistake(words: ["run", "--borad", "x"], says: ["--borad"]),
        Mistake(words: ["run", "--model-window", "nine"], says: ["wants an address"]),
        Mistake(words: ["list", "boards", "--lab", "virtaul"], says: ["'virtual'?"]),
        Mistake(words: ["list", "cases", "smoek"], says: ["Did you mean 'smoke'?"]),
        Mistake(words: ["rnu"], says: ["rnu"]),
        Mistake(
            words: ["board", "enrol", "virt-its", "--lab", "virtual"], says: ["be enrolled"]),
        Mistake(words: ["board", "enrol", "x", "--lab", "virtual", "--yes"], says: ["--expect"]),
    ]

    @Test("is refused with exit status 2 and a sentence", arguments: mistakes)
    func mistake(_ mistake: Mistake) async throws {
        try await Scene.with { scene in
            let output = try await scene.doorbell(mistake.words)
            #expect(output.status == .exited(2), "\(output.seen)")
            for words in mistake.says {
                #expect(output.errors.contains(words), "\(output.errors)")
            }
            #expect(output.text.isEmpty)
            #expect(scene.runs.isEmpty)
        }
    }

    @Test(
        "in a lab is told by line and column, and nothing is run",
        arguments: [
            ("kindd: qemu", "3:20: error: unknown key 'kindd'; did you mean 'kind'?"),
            ("kind: qemu, memory: 1024", "error: the unit is missing"),
            ("kind: qemu, cpus: many", "error: "),
        ])
    func wrongLab(text: String, complaint: String) async throws {
        try await Scene.with { scene in
            let board = "{name: a, \(text), msi-controller: its, devices: [edu]}"
            try scene.write(
                "name: l\nsummary: x\nboards: [\(board), \(board)]\n", to: "lab.yaml")
            let output = try await scene.run()
            #expect(output.status == .exited(2), "\(output.seen)")
            #expect(output.errors.contains("\(scene.lab):3:"), "\(output.errors)")
            #expect(output.errors.contains(complaint), "\(output.errors)")
            #expect(scene.runs.isEmpty)
        }
    }

    @Test("of two boards with one name is told, and so is a suite's unknown key")
    func twins() async throws {
        try await Scene.with { scene in
            try scene.write([SceneBoard(), SceneBoard()])
            let lab = try await scene.run()
            #expect(lab.status == .exited(2))
            #expect(lab.errors.contains("lab.yaml:9:11: error: "), "\(lab.errors)")
            try scene.write([SceneBoard()])
            try scene.write(
                SceneSuite.long.replacing("devices:", with: "deviecs:"), to: "suite.yaml")
            let suite = try await scene.run(scene.folder.appending("suite.yaml").string)
            #expect(suite.status == .exited(2))
            #expect(
                suite.errors.contains("suite.yaml:6:5: error: unknown key 'deviecs'"),
                "\(suite.errors)")
        }
    }

    @Test("does not include naming something twice: it is run once")
    func twice() async throws {
        try await Scene.with { scene in
            let output = try await scene.doorbell([
                "run", "smoke", "smoke", "--board", "virt-its", "--board", "virt-its", "--case",
                "one-vector", "--dry-run",
            ])
            #expect(output.status == .exited(0), "\(output.seen)")
            #expect(output.text.split(separator: "\n").count == 1)
        }
    }
}
