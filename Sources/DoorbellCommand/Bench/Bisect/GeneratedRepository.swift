// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Foundation
import Scheduling
import SystemPackage

/// A repository of git that is made for a measurement, and git's own bisection of it.
struct GeneratedRepository: Sendable {
    let folder: FilePath
    /// For each commit the numbers of its parents; the first has none.
    let parents: [[Int]]
    private let deadline = Deadline.after(.seconds(600), for: "the bisection of a repository")

    /// Each commit from the one before; with merges two lines, which every fifth commit joins.
    static func parents(_ count: Int, hasMerges: Bool) -> [[Int]] {
        (0..<count).map { number in
            guard number > 1, hasMerges else { return number > 0 ? [number - 1] : [] }
            return number.isMultiple(of: 5) ? [number - 2, number - 1] : [number - 2]
        }
    }

    /// The same history for a search of ours; what the last commit does not come from is left out.
    func history() throws -> History {
        let graph = parents.enumerated().map { number, parents in
            ParentedRevision(Revision("\(number)"), parents: parents.map { Revision("\($0)") })
        }
        return try History(
            graph: graph, good: Revision("0"), bad: Revision("\(parents.count - 1)"))
    }

    /// Makes the repository: commit n is tagged n.
    func make() async throws {
        var stream = ""
        for (number, parents) in parents.enumerated() {
            stream += "commit refs/heads/main\nmark :\(number + 1)\n"
            stream += "committer Doorbell <doorbell@localhost> \(1_500_000_000 + number) +0000\n"
            stream += "data \(String(number).utf8.count)\n\(number)\n"
            for (place, parent) in parents.enumerated() {
                stream += "\(place == 0 ? "from" : "merge") :\(parent + 1)\n"
            }
            stream += "\nreset refs/tags/\(number)\nfrom :\(number + 1)\n\n"
        }
        try await git(["init", "--quiet", "--bare", "--initial-branch=main", folder.string])
        try await git(["-C", folder.string, "fast-import", "--quiet"], input: Array(stream.utf8))
    }

    /// What git needs to find a culprit, and whether it does.
    func bisect(culprit: Int) async throws -> (probes: Int, isRight: Bool) {
        let tries = folder.appending("tries").string
        try Data().write(to: URL(filePath: tries))
        let script = """
            cd "$0" && git bisect start --no-checkout \(parents.count - 1) 0 >/dev/null &&
            git bisect run sh -c 'echo >>tries; ! git merge-base --is-ancestor \(culprit) BISECT_HEAD' &&
            echo && git describe --tags --exact-match refs/bisect/bad && git bisect reset >/dev/null 2>&1
            """
        let said = try await Tool.run(
            "sh", ["-c", script, folder.string], environment: BenchGit.environment,
            deadline: deadline
        ).succeeded().text
        let probes = try Data(contentsOf: URL(filePath: tries)).count
        return (probes, said.split(separator: "\n").contains { $0 == "\(culprit)" })
    }

    private func git(_ words: [String], input: [UInt8] = []) async throws {
        try await Tool.run(
            "git", words, input: input, environment: BenchGit.environment, deadline: deadline
        ).succeeded()
    }
}
