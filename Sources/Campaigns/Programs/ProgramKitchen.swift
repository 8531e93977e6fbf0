// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Foundation
import Scheduling
import SystemPackage
import VirtualBoards
import Vocabulary

/// Makes foreign programs ready for boards: reads them, compiles them, fetches their source.
struct ProgramKitchen: Sendable {
    private let tests: KernelTests

    /// A kernel's source is fetched and unpacked once; on a slow machine that takes its time.
    private static let patience = Duration.seconds(1800)
    /// No program that is brought to a board is longer.
    private static let longest = 64 << 20

    init(announce: @escaping @Sendable (String) -> Void) {
        tests = KernelTests(announce: announce)
    }

    /// The bytes that are brought to the board; paths count from the suite's folder.
    /// - Throws: `MissingProgram`, `CompilationFailure`, errors of packages.
    func bytes(of program: ForeignProgram, in suite: SourceText) async throws -> [UInt8] {
        let folder = suite.folder ?? "."
        let deadline = Deadline.after(Self.patience, for: "the program \(program.name)")
        switch program.origin {
        case .file(let path): return try Self.read(folder.pushing(FilePath(path)))
        case .source(let path):
            let source = folder.pushing(FilePath(path))
            _ = try Self.read(source)
            return try await CrossCompiler.executable(of: source, deadline: deadline)
        case .kernelSource(let package, let file):
            let root = try await tests.folder(of: package, deadline: deadline)
            let source = root.pushing(FilePath(file))
            _ = try Self.read(source)
            return try await CrossCompiler.executable(
                of: source, including: [root.appending("tools/testing/selftests")],
                deadline: deadline)
        }
    }

    private static func read(_ path: FilePath) throws -> [UInt8] {
        guard let bytes = FileManager.default.contents(atPath: path.string) else {
            throw MissingProgram(path: path, reason: "there is no such file that can be read")
        }
        guard bytes.count <= longest else {
            throw MissingProgram(path: path, reason: "it is longer than \(longest) bytes")
        }
        return [UInt8](bytes)
    }
}

/// A foreign program that is not where its suite says.
struct MissingProgram: Blame {
    let path: FilePath
    let reason: String

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "the program \(path.lastComponent?.string ?? path.string)",
            action: "be read", cause: reason,
            remedy: "Its path counts from the folder of the suite, or of the kernel's source.")
    }
}
