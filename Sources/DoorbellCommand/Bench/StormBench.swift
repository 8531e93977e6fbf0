// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import PCIInventory
import Passthrough
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

/// A storm of MSIs of one `edu`, accounted for to the last one, in constant memory on the board.
struct StormBench {
    private let bench: Bench

    /// How many raises make a storm.
    static let raises: UInt32 = 1_000_000

    init(_ bench: Bench) { self.bench = bench }

    /// Measures the boards one after the other: each has an MSI controller of its own.
    func measure() async throws -> [BenchFigure] {
        var figures: [BenchFigure] = []
        for board in try await VirtualLab(bench.project).boards() {
            figures += try await measure(board)
        }
        return figures
    }

    private func measure(_ board: VirtualLab.VirtualBoard) async throws -> [BenchFigure] {
        let agent = bench.project.agent
        return try await bench.withFolder { folder in
            let provisions = LiveBoard.Provisions(
                consoleLog: folder.appending("console.log"), agent: agent)
            return try await LiveBoard.withBoard(board.plan, provisions: provisions) { live in
                let race = try await MSIRace.prepare(
                    .edu, on: live, peer: FilePath(agent.string + "-peer"))
                return try await storm(race, on: live)
            }
        }
    }

    private func storm(_ race: MSIRace, on board: LiveBoard) async throws -> [BenchFigure] {
        // The first raises touch what later ones use again.
        _ = try await race.ring(count: 1000)
        let before = try await agentMemory(on: board)
        let result = try await race.ring(count: Self.raises)
        let after = try await agentMemory(on: board)
        let astray = UInt64(Self.raises - result.arrived) + UInt64(result.spurious)
        return [
            figure("astray", Double(astray), "of \(Self.raises)", atMost: 0, board),
            figure("growth", (after - before) / 1024, "KiB", atMost: 64, board),
            figure("time", Double(result.elapsed.rawValue) / 1e9, "s", atMost: 1800, board),
        ]
    }

    private func figure(
        _ name: String, _ value: Double, _ unit: String, atMost limit: Double, _ board: LiveBoard
    ) -> BenchFigure {
        BenchFigure(
            name: "storm \(name) \(board.name)", unit: unit, ours: value, peer: nil, peerName: "",
            rule: .amount(atMost: limit))
    }

    /// The most memory that the agent had resident, in bytes.
    private func agentMemory(on board: LiveBoard) async throws -> Double {
        let path = RemotePath("/proc/\(board.agentIdentity.process)/status")
        let status = try await board.files.text(of: path)
        guard let peak = PeakMemory.peak(in: status) else {
            throw MSIRaceError(board: board.name, cause: "\(path) has no VmHWM")
        }
        return Double(peak.rawValue)
    }
}
