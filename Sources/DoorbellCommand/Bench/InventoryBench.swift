// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// Inventory of a dump with 4,096 functions, beside `lspci -F` on the same file.
struct InventoryBench {
    /// The doorbell executable to measure.
    let executable: FilePath
    /// Where the dump is written, 57 MB.
    let folder: FilePath
    var rounds = 7

    /// The wall time of each program, medians over the rounds.
    struct Figure {
        let ours: Duration
        let peer: Duration

        var ratio: Double { ours / peer }
    }

    /// Measures both programs in turn, after one round that fills the caches.
    ///
    /// - Throws: `ToolFailure`, or `DifferentOutput` when the two do not print the same.
    func measure() async throws -> Figure {
        let dump = folder.appending("4096-functions.dump")
        try Data(DumpGenerator.dump().utf8).write(to: URL(fileURLWithPath: dump.string))
        defer { try? FileManager.default.removeItem(atPath: dump.string) }

        var ours: [Duration] = []
        var peer: [Duration] = []
        for round in 0...rounds {
            let (mine, list) = try await time(executable.string, ["pci", "--dump", dump.string])
            let (theirs, lspci) = try await time("lspci", ["-F", dump.string])
            guard list == lspci else { throw DifferentOutput() }
            guard round > 0 else { continue }
            ours.append(mine)
            peer.append(theirs)
        }
        return Figure(ours: Self.median(ours), peer: Self.median(peer))
    }

    /// The two programs must do the same work, or the figure means nothing.
    struct DifferentOutput: Error, CustomStringConvertible {
        var description: String { "doorbell and lspci print different lists of one dump" }
    }

    private func time(_ program: String, _ arguments: [String]) async throws -> (Duration, [UInt8])
    {
        let clock = ContinuousClock()
        let start = clock.now
        let output = try await Tool.run(
            program, arguments, deadline: .after(.seconds(120), for: "the inventory of a dump")
        ).succeeded()
        return (start.duration(to: clock.now), output.standardOutput)
    }

    private static func median(_ times: [Duration]) -> Duration {
        times.sorted()[times.count / 2]
    }
}
