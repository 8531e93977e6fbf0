// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// Reading a trace of ten million events, beside `grep -c map:` on the same file, and the memory
/// that it takes beside that for a tenth of the file.
///
/// grep runs with LC_ALL=C, where it is never slower than in another locale. Both read the file
/// from the page cache.
struct TraceBench {
    private let bench: Bench
    private let deadline = Deadline.after(.seconds(600), for: "the benchmark of traces")

    init(_ bench: Bench) { self.bench = bench }

    /// Measures speed and memory; the best time of each side counts.
    /// - Throws: `Fault` when the two do not count the same lines.
    func measure() async throws -> [BenchFigure] {
        try await bench.withFolder { folder in
            let short = folder.appending("1-million.trace")
            let long = folder.appending("10-million.trace")
            try TraceGenerator(events: 1_000_000).write(to: short)
            try TraceGenerator(events: 10_000_000).write(to: long)
            return [try await speed(long), try await memory(long, beside: short, folder)]
        }
    }

    private func speed(_ file: FilePath) async throws -> BenchFigure {
        var (ours, peer) = (Duration.seconds(1 << 20), Duration.seconds(1 << 20))
        // The first round fills the caches.
        for round in 0...(bench.rounds ?? 5) {
            let (mine, rows) = try await time(
                bench.executable.string, ["trace", "--json", file.string])
            let (theirs, count) = try await time(
                "env", ["LC_ALL=C", "grep", "-c", "map:", file.string])
            try compare(rows, count)
            guard round > 0 else { continue }
            (ours, peer) = (min(ours, mine), min(peer, theirs))
        }
        return BenchFigure(
            name: "trace", unit: "s", ours: ours / .seconds(1), peer: peer / .seconds(1),
            peerName: "grep -c", rule: .ratio(atMost: 2))
    }

    /// What malloc keeps for each thread differs by a few megabytes from run to run; the files
    /// differ by 1,270.
    private func memory(
        _ long: FilePath, beside short: FilePath, _ folder: FilePath
    ) async throws -> BenchFigure {
        let ours = try await peak(long, folder)
        let peer = try await peak(short, folder)
        return BenchFigure(
            name: "trace-memory", unit: "MB", ours: ours, peer: peer, peerName: "a tenth of it",
            rule: .difference(atMost: 4))
    }

    private func peak(_ file: FilePath, _ folder: FilePath) async throws -> Double {
        _ = try await time(
            bench.executable.string, ["trace", "--measurements", folder.string, file.string])
        guard let peak = PeakMemory.read(from: folder) else {
            throw fault("tell its peak memory", "it left no such measurement in \(folder)")
        }
        return Double(peak.rawValue) / 1e6
    }

    private func time(
        _ program: String, _ arguments: [String]
    ) async throws -> (Duration, [UInt8]) {
        let clock = ContinuousClock()
        let start = clock.now
        let output = try await Tool.run(program, arguments, deadline: deadline).succeeded()
        return (start.duration(to: clock.now), output.standardOutput)
    }

    /// The two programs must have read the same, or the figure means nothing.
    private func compare(_ rows: [UInt8], _ count: [UInt8]) throws {
        let rows = try JSONDecoder().decode([TraceRow].self, from: Data(rows))
        let ours = rows.reduce(0) { $0 + $1.maps + $1.unmaps }
        let lines = String(decoding: count, as: UTF8.self).prefix { $0 != "\n" }
        guard Int(lines) == ours else {
            throw fault("be compared with grep", "they count \(ours) and \(lines) events")
        }
    }

    private func fault(_ action: String, _ cause: String) -> Fault {
        Fault(
            kind: .harness,
            account: Account(subject: "the trace's reading", action: action, cause: cause))
    }
}
