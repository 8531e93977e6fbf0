// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage

/// A machine that compiles in place of this one.
///
/// It needs a POSIX shell, GNU tar, make, a compiler for arm64 and what kernels ask for besides.
package protocol CompilerHost: Sendable {
    /// What tells it from others, and what messages call it: "root@forge:22".
    var name: String { get }

    /// Runs a program there; the listener hears both of its outputs as they come.
    ///
    /// - Throws: that it could not be run; a program that fails is an answer.
    func run(
        _ words: [String], environment: [String: String], deadline: Deadline,
        listener: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> HostAnswer

    /// Writes a file of this machine there.
    func send(_ file: FilePath, to path: String, deadline: Deadline) async throws

    /// Writes a file of that machine here.
    func fetch(_ path: String, to file: FilePath, deadline: Deadline) async throws
}

/// How a program ended on the machine that compiles.
package struct HostAnswer: Sendable, Hashable {
    /// Whether it exited with 0.
    package let succeeded: Bool
    /// What it wrote to both outputs, in the order in which it came.
    package let text: String

    package init(succeeded: Bool, text: String) {
        self.succeeded = succeeded
        self.text = text
    }
}

extension CompilerHost {
    /// Runs a script with its arguments, which must succeed.
    /// - Throws: `BuildFailure.elsewhere` with the script's own words.
    @discardableResult
    func script(
        _ script: String, _ arguments: [String], toDo action: String, deadline: Deadline
    ) async throws -> String {
        let answer = try await run(
            ["sh", "-euc", "exec 2>&1; " + script, "sh"] + arguments,
            environment: Make.fixedEnvironment, deadline: deadline, listener: { _ in })
        guard answer.succeeded else {
            throw BuildFailure.elsewhere(
                host: name, action: action, words: MakeWords.reasons(in: answer.text))
        }
        return answer.text
    }
}
