// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// What all measurements need: the project, this executable, and how often.
struct Bench: Sendable {
    let project: Project
    /// Nothing leaves each figure its own number of rounds.
    let rounds: Int?

    func measure(_ name: BenchName) async throws -> [BenchFigure] {
        switch name {
        case .inventory: return [try await inventory()]
        case .ssh: return [try await ssh()]
        case .overhead: return [try await OverheadBench(self).measure()]
        case .memory: return [try await MemoryBench(self).measure()]
        case .msi: return try await MSIBench(self).measure()
        case .storm: return try await StormBench(self).measure()
        case .trace: return try await TraceBench(self).measure()
        case .allocator: return try await AllocatorBench(self).measure()
        case .judge: return try judge()
        case .bisect: return try await BisectBench(self).measure()
        case .regression: return try await RegressionBench(self).measure()
        case .kernel: return [try await KernelBench(self).measure()]
        case .snapshot: return try await SnapshotBench(self).measure()
        }
    }

    /// This program itself.
    var executable: FilePath {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return FilePath(link ?? CommandLine.arguments[0])
    }

    /// Gives the body a folder of its own, which is gone when it succeeded.
    ///
    /// After a failure it stays, and is named: what was observed there may tell why.
    func withFolder<Value>(_ body: (FilePath) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        do {
            let value = try await body(FilePath(folder.path))
            // A leftover in the temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
            return value
        } catch {
            Terminal.standardError.say(
                "doorbell: what was measured until then lies in \(folder.path)")
            throw error
        }
    }

    private func inventory() async throws -> BenchFigure {
        let result = try await withFolder { folder in
            var bench = InventoryBench(executable: executable, folder: folder)
            bench.rounds = rounds ?? bench.rounds
            return try await bench.measure()
        }
        return BenchFigure(
            name: "inventory", unit: "s", ours: result.ours / .seconds(1),
            peer: result.peer / .seconds(1), peerName: "lspci -F", rule: .ratio(atMost: 1.2))
    }

    private func judge() throws -> [BenchFigure] {
        var bench = JudgeBench()
        bench.rounds = rounds ?? bench.rounds
        return try bench.measure()
    }

    private func ssh() async throws -> BenchFigure {
        var bench = SSHCommandBench()
        bench.rounds = rounds ?? bench.rounds
        let result = try await bench.run()
        return BenchFigure(
            name: "ssh", unit: "s", ours: result.ours / .seconds(1),
            peer: result.openSSH / .seconds(1), peerName: "OpenSSH", rule: .ratio(atMost: 1.0))
    }
}
