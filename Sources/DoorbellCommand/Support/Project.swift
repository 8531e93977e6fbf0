// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import SystemPackage
import Vocabulary

/// The folder that holds `Suites`, `Labs` and `Results`.
struct Project {
    let root: FilePath

    /// Finds the folder: where the launcher lies, else the working directory.
    init() {
        let named = ProcessInfo.processInfo.environment["DOORBELL_ROOT"] ?? ""
        root = FilePath(named.isEmpty ? FileManager.default.currentDirectoryPath : named)
    }

    var runs: FilePath { root.appending("Results").appending("Runs") }
    var labs: FilePath { root.appending("Labs") }
    var kernels: FilePath { root.appending("Labs").appending("Kernels") }
    var facts: FilePath { root.appending("Labs").appending("Facts") }
    var suites: FilePath { root.appending("Suites") }

    /// The agent's executable for boards: where the launcher built it.
    var agent: FilePath {
        let named = ProcessInfo.processInfo.environment["DOORBELL_AGENT"] ?? ""
        return named.isEmpty ? root.appending(".build/agent/doorbell-agent") : FilePath(named)
    }

    /// Takes `smoke`, `smoke.yaml` or a path: a bare word names a file of the folder.
    func file(_ word: String, in folder: FilePath) -> FilePath {
        let isBare = !word.contains("/") && !FileManager.default.fileExists(atPath: word)
        guard isBare else { return FilePath(word) }
        return folder.appending(word.hasSuffix(".yaml") ? word : word + ".yaml")
    }

    /// Takes what `file` takes, and knows what else there is when a bare word names nothing.
    /// - Throws: `UnknownName`.
    func find(_ noun: String, _ word: String, in folder: FilePath) throws(UnknownName) -> FilePath {
        let path = file(word, in: folder)
        guard has(path) || path.string == word else {
            throw UnknownName(
                noun: noun, name: word, place: shown(folder), known: names(in: folder))
        }
        return path
    }

    /// The suites that there are, as `find` takes them.
    var suiteNames: [String] { names(in: suites) }

    /// The files of a folder as `file` takes them.
    private func names(in folder: FilePath) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.string)
        return (names ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
            .sorted()
    }

    /// A path that a person wrote, from the root.
    func whole(_ word: String) -> FilePath {
        FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(word))
            .lexicallyNormalized()
    }

    func has(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }

    /// The kernel recipes that there are.
    var kernelNames: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: kernels.string)
        return (names ?? []).filter { has(kernels.appending($0).appending("kernel.yaml")) }.sorted()
    }

    /// A file as messages name it: below the project's folder without it.
    func shown(_ path: FilePath) -> String {
        let prefix = root.string + "/"
        return path.string.hasPrefix(prefix)
            ? String(path.string.dropFirst(prefix.count)) : path.string
    }
}
