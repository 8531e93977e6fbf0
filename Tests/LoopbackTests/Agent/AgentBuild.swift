// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Synchronization
import SystemPackage

/// The agent's real executable: the one that `DOORBELL_AGENT` names, else built once.
///
/// That a tool for it is missing fails the tests: nothing is skipped.
enum AgentBuild {
    private static let build = Task<FilePath, any Error> {
        if let path = ProcessInfo.processInfo.environment["DOORBELL_AGENT"] {
            return FilePath(path)
        }
        let output = FilePath("\(package)/.build/agent/doorbell-agent")
        _ = try await Tool.run(
            "\(package)/Sources/BoardAgent/build", [output.string],
            deadline: .after(.seconds(300), for: "the agent's build")
        ).succeeded()
        return output
    }

    /// The folder of the package, three above this file's.
    static var package: String {
        (0..<4).reduce(FilePath(#filePath)) { path, _ in path.removingLastComponent() }.string
    }

    static var path: FilePath {
        get async throws { try await build.value }
    }
}
