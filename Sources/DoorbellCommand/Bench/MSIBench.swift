// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Foundation
import PCIInventory
import Passthrough
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

/// MSI round trips per second of the agent, beside the same loop in C on the same running board.
struct MSIBench {
    private let bench: Bench

    init(_ bench: Bench) { self.bench = bench }

    /// Measures one board after the other: two at once would only disturb each other.
    func measure() async throws -> [BenchFigure] {
        let peer = FilePath(bench.project.agent.string + "-peer")
        guard bench.project.has(peer) else {
            throw AgentBuildMissing(path: peer, reason: "there is no such file")
        }
        var figures: [BenchFigure] = []
        for board in try await VirtualLab(bench.project).boards() {
            figures += try await measure(board, peer)
        }
        return figures
    }

    private func measure(
        _ board: VirtualLab.VirtualBoard, _ peer: FilePath
    ) async throws -> [BenchFigure] {
        let rounds = bench.rounds ?? 16
        let agent = bench.project.agent
        return try await bench.withFolder { folder in
            let provisions = LiveBoard.Provisions(
                consoleLog: folder.appending("console.log"), agent: agent)
            return try await LiveBoard.withBoard(board.plan, provisions: provisions) { live in
                var figures: [BenchFigure] = []
                for runner in MSIRace.Runner.allCases {
                    let race = try await MSIRace.prepare(runner, on: live, peer: peer)
                    figures.append(try await race.run(rounds: rounds))
                }
                return figures
            }
        }
    }
}
