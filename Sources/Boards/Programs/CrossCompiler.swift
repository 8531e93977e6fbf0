// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
package import Vocabulary

/// The compiler that makes C programs for boards: the one that links the agent.
package enum CrossCompiler {
    private static let tool = "aarch64-linux-gnu-gcc"

    /// Compiles one C file into a static executable for arm64; the same source gives the same bytes.
    ///
    /// What it includes is looked for beside it and in the folders that are named.
    /// - Throws: `CompilationFailure` with the compiler's own words, `CancellationError`.
    package static func executable(
        of source: FilePath, including folders: [FilePath] = [], deadline: Deadline
    ) async throws -> [UInt8] {
        let scratch = FilePath(NSTemporaryDirectory()).appending("doorbell-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                atPath: scratch.string, withIntermediateDirectories: true)
        } catch {
            throw CompilationFailure(
                source: source, kind: .bench, words: error.localizedDescription)
        }
        defer { try? FileManager.default.removeItem(atPath: scratch.string) }
        let program = scratch.appending("program")
        try await compile(source, into: program, folders, deadline)
        guard let bytes = FileManager.default.contents(atPath: program.string) else {
            throw CompilationFailure(source: source, kind: .bench, words: "it left no program")
        }
        return Array(bytes)
    }

    private static func compile(
        _ source: FilePath, into program: FilePath, _ folders: [FilePath], _ deadline: Deadline
    ) async throws {
        // `-D_GNU_SOURCE=` is how a kernel's own tests are compiled (selftests/lib.mk, 6.12).
        let words =
            ["-static", "-O2", "-Wall", "-D_GNU_SOURCE=", "-Wl,--build-id=none", "-Wl,-s"]
            + ["-ffile-prefix-map=\(source.removingLastComponent())=."]
            + folders.map { "-I\($0)" } + ["-o", program.string, source.string, "-lpthread"]
        do {
            // Its words are quoted in reports, so they are the same everywhere.
            let environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
            try await Tool.run(tool, words, environment: environment, deadline: deadline)
                .succeeded()
        } catch let failure as ToolFailure {
            throw CompilationFailure(source: source, failure)
        }
    }
}

/// A C program that could not be compiled for a board.
package struct CompilationFailure: Blame {
    package let source: FilePath
    package let kind: FaultKind
    /// The compiler's own.
    package let words: String

    init(source: FilePath, kind: FaultKind, words: String) {
        self.source = source
        self.kind = kind
        self.words = words
    }

    /// A compiler that has something to say of the source blames the suite that has it.
    init(source: FilePath, _ failure: ToolFailure) {
        let isSources = if case .ended = failure.cause { true } else { false }
        self.init(
            source: source, kind: isSources ? .suite : .bench, words: failure.description)
    }

    package var account: Account {
        Account(
            subject: "the program \(source.lastComponent?.string ?? source.string)",
            action: "be compiled for the board", cause: words,
            remedy: kind == .suite
                ? "See what the compiler says of its source"
                : "Install the packages gcc-aarch64-linux-gnu and libc6-dev-arm64-cross")
    }
}
