// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Vocabulary

/// Which tools compile: they go into the fingerprint, since another version makes another kernel.
struct Compiler: Sendable, Hashable {
    /// The first lines of what compiler and linker say of themselves.
    let identity: String

    /// Asks the tools.
    /// - Throws: `BuildFailure.noTool`, `CancellationError`.
    static func identify(deadline: Deadline) async throws -> Compiler {
        var lines: [String] = []
        for name in ["gcc", "ld"] {
            lines.append(try await firstLine(of: Make.toolPrefix + name, deadline))
        }
        return Compiler(identity: lines.joined(separator: "\n"))
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
