// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import Vocabulary

@Suite("Programs for boards are compiled here")
struct CrossCompilerTests {
    private func withSource(
        _ text: String, _ body: (FilePath) async throws -> Void
    ) async throws {
        let folder = FilePath(NSTemporaryDirectory()).appending("source-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        let path = folder.appending("a.c")
        try text.write(toFile: path.string, atomically: true, encoding: .utf8)
        try await body(path)
    }

    private var deadline: Deadline { .after(.seconds(60), for: "the compiler") }

    @Test("A C file becomes one static executable for arm64, the same each time, wherever it lies")
    func executable() async throws {
        let text = "#include <stdio.h>\nint main(void) { return puts(__FILE__) < 0; }\n"
        var all: [[UInt8]] = []
        for _ in 0..<2 {
            try await withSource(text) { path in
                all.append(try await CrossCompiler.executable(of: path, deadline: deadline))
            }
        }
        #expect(all[0] == all[1])
        // An ELF file of 64 bits for machine 183, AArch64 (ELF for the Arm 64-bit Architecture).
        #expect(all[0].starts(with: [0x7f, 0x45, 0x4c, 0x46, 2]) && all[0][18] == 183)
    }

    @Test("What the compiler says of a wrong source is the suite's fault, and is told")
    func wrong() async throws {
        try await withSource("int main(void) { return missing; }\n") { path in
            do {
                _ = try await CrossCompiler.executable(of: path, deadline: deadline)
                Issue.record("it was compiled")
            } catch let failure as CompilationFailure {
                #expect(failure.kind == .suite)
                #expect(failure.description.contains("'missing' undeclared"))
                #expect(failure.description.hasPrefix("the program a.c could not be compiled"))
            }
        }
    }
}
