// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Vocabulary

/// Which tools compile: they go into the fingerprint, since another version makes another kernel.
struct Compiler: Sendable, Hashable {
    /// The first lines of what compiler and linker say of themselves.
    let identity: String
    /// What the names of the tools begin with; nothing on a machine that is arm64 itself.
    let prefix: String
    /// How many objects are made at once.
    let jobs: Int
    /// Whether ccache stands before the compiler, which remembers what it compiled: the same objects,
    /// sooner.
    let isRemembered: Bool

    /// The prefix of tools that compile for arm64 elsewhere.
    static let crossPrefix = "aarch64-linux-gnu-"
    private static let tools = ["gcc", "ld"]
    private static let memory = "ccache"

    /// What make is told of the tools.
    var words: [String] {
        ["CROSS_COMPILE=\(prefix)"] + (isRemembered ? ["CC=\(Self.memory) \(prefix)gcc"] : [])
    }

    /// Asks the tools of this machine.
    /// - Throws: `BuildFailure.noTool`, `CancellationError`.
    static func identify(deadline: Deadline) async throws -> Compiler {
        var lines: [String] = []
        for name in tools {
            lines.append(try await firstLine(of: crossPrefix + name, deadline))
        }
        return Compiler(
            identity: lines.joined(separator: "\n"), prefix: crossPrefix,
            jobs: ProcessInfo.processInfo.activeProcessorCount,
            isRemembered: (try? await firstLine(of: memory, deadline)) != nil)
    }

    /// Asks those of another machine.
    /// - Throws: `BuildFailure.noTool`, what the host throws.
    static func identify(on host: any CompilerHost, deadline: Deadline) async throws -> Compiler {
        let facts = try await host.script(
            "uname -m; getconf _NPROCESSORS_ONLN; command -v \(memory) || true", [],
            toDo: "say what it is", deadline: deadline
        ).split(separator: "\n")
        let prefix = facts.first == "aarch64" ? "" : crossPrefix
        var lines: [String] = []
        for tool in tools.map({ prefix + $0 }) {
            let answer = try await host.run(
                [tool, "--version"], environment: Make.fixedEnvironment, deadline: deadline,
                listener: { _ in })
            guard answer.succeeded else {
                throw BuildFailure.noTool(
                    name: "\(tool) on \(host.name)",
                    reason: "it is not installed there, or not in PATH")
            }
            lines.append(String(answer.text.prefix { !$0.isNewline }))
        }
        return Compiler(
            identity: lines.joined(separator: "\n"), prefix: prefix,
            jobs: max(1, facts.dropFirst().first.flatMap { Int($0) } ?? 1),
            isRemembered: facts.count > 2)
    }

    private static func firstLine(of tool: String, _ deadline: Deadline) async throws -> String {
        do {
            let output = try await Tool.run(
                tool, ["--version"], environment: Make.environment, deadline: deadline
            ).succeeded()
            return String(output.text.prefix { !$0.isNewline })
        } catch let failure as ToolFailure {
            throw BuildFailure.noTool(name: tool, reason: failure.account.cause)
        }
    }
}
