// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import SystemPackage
import VirtualBoards

/// From QEMU's start until our agent answers: a board that goes on from a snapshot, beside the same
/// board that boots.
struct SnapshotBench {
    private let bench: Bench
    private static let usualRounds = 3

    init(_ bench: Bench) { self.bench = bench }

    /// Measures the boards of the virtual lab, without the disks that no snapshot keeps.
    func measure() async throws -> [BenchFigure] {
        var figures: [BenchFigure] = []
        for board in try await VirtualLab(bench.project).boards() {
            figures.append(try await measure(board))
        }
        return figures
    }

    private func measure(_ board: VirtualLab.VirtualBoard) async throws -> BenchFigure {
        var spec = board.spec
        spec.devices.removeAll { device in
            if case .nvme = device.model { true } else { device.function > 0 }
        }
        var kept = spec
        kept.startsFromSnapshot = true
        let (plan, keptPlan) = (plan(of: board, spec), plan(of: board, kept))
        let (ours, peer) = try await bench.withFolder { folder in
            // The first start is a boot that is kept.
            _ = try await start(keptPlan, in: folder)
            var times: (ours: [Duration], peer: [Duration]) = ([], [])
            for _ in 0..<(bench.rounds ?? Self.usualRounds) {
                times.peer.append(try await start(plan, in: folder))
                times.ours.append(try await start(keptPlan, in: folder))
            }
            return times
        }
        return BenchFigure(
            name: "snapshot \(spec.name)", unit: "s", ours: Self.median(ours),
            peer: Self.median(peer), peerName: "a boot", rule: .ratio(atMost: 0.5))
    }

    private func plan(of board: VirtualLab.VirtualBoard, _ spec: MachineSpec) -> BoardPlan {
        BoardPlan(
            name: board.plan.name, access: .virtual(spec, board.image),
            budgets: board.plan.budgets)
    }

    private func start(_ plan: BoardPlan, in folder: FilePath) async throws -> Duration {
        let provisions = LiveBoard.Provisions(
            consoleLog: folder.appending("console.log"), agent: bench.project.agent)
        let clock = ContinuousClock()
        let began = clock.now
        return try await LiveBoard.withBoard(plan, provisions: provisions) { _ in
            clock.now - began
        }
    }

    private static func median(_ times: [Duration]) -> Double {
        times.sorted()[times.count / 2] / .seconds(1)
    }
}
