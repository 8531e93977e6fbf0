// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

/// Boots boards from images that are made once, and looks for what they leave behind.
enum Bench {
    static func withMachine(
        _ spec: MachineSpec, kernel: String = "linux-image-6.1.0-*-arm64", words: [String] = [],
        patience: Duration = .seconds(90), _ body: (BootedMachine) async throws -> Void
    ) async throws {
        let image = try await image(kernel)
        let log = FilePath("/tmp/\(logPrefix)\(spec.name)-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: log.string) }
        var spec = spec
        spec.kernelWords += words
        try await VirtualMachine.withMachine(
            spec, image: image, consoleLog: log, deadline: .after(patience, for: "the boot"), body)
    }

    static func image(_ kernel: String = "linux-image-6.1.0-*-arm64") async throws -> BoardImage {
        let package = try #require(DebianPackage(pattern: kernel))
        return try await ImageMaker()
            .image(for: .debian(package), deadline: .after(.seconds(900), for: "the board image"))
    }

    /// Whether it is QEMU itself, and not one who watches it.
    static func isQEMU(_ process: Int) -> Bool {
        let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
        return String(decoding: line, as: UTF8.self).hasPrefix("qemu-system-aarch64")
    }

    /// Removes the console log that a killed controller could not remove.
    static func removeLogs(of board: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: "/tmp")
        where name.hasPrefix(logPrefix + board) {
            try FileManager.default.removeItem(atPath: "/tmp/\(name)")
        }
    }

    private static let logPrefix = "doorbell-console-"

    /// The numbers of the processes whose command line has the word, zombies not among them.
    static func processes(with word: String) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int.init).filter { process in
            let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains(word)
        }
    }
}
