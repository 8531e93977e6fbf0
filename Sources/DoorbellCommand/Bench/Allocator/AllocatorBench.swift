// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// Calls per second of the model's allocators, beside the same ones in C++ over `std::map`.
///
/// Both run the same script, and both must come to the same results.
struct AllocatorBench {
    private let bench: Bench
    private let deadline = Deadline.after(.seconds(300), for: "the benchmark of allocators")

    private static let callCount = 1_000_000

    init(_ bench: Bench) { self.bench = bench }

    /// Measures one allocator after the other, each in turns with its peer; the best turn counts.
    /// - Throws: `ToolFailure`, `AllocatorBenchError` when the results differ.
    func measure() async throws -> [BenchFigure] {
        let calls = AllocatorScript(count: Self.callCount).calls
        return try await bench.withFolder { folder in
            let peer = try await buildPeer(in: folder)
            let script = folder.appending("script")
            let words = calls.flatMap(\.words)
            try words.withUnsafeBytes { Data($0) }.write(to: URL(filePath: script.string))
            var figures: [BenchFigure] = []
            for kind in AllocatorKind.allCases {
                figures.append(try await race(kind, calls, peer, script))
            }
            return figures
        }
    }

    private func buildPeer(in folder: FilePath) async throws -> FilePath {
        let source = bench.project.root.appending(
            "Sources/DoorbellCommand/Bench/Peer/allocator.cpp")
        let program = folder.appending("allocator")
        try await Tool.run(
            "g++", ["-std=c++20", "-O2", "-o", program.string, source.string], deadline: deadline
        ).succeeded()
        return program
    }

    private func race(
        _ kind: AllocatorKind, _ calls: [AllocatorCall], _ peer: FilePath, _ script: FilePath
    ) async throws -> BenchFigure {
        var (ours, theirs) = (0.0, 0.0)
        for _ in 0..<(bench.rounds ?? 5) {
            let mine = AllocatorResult.measure(kind, calls)
            let output = try await Tool.run(
                peer.string, [kind.rawValue, script.string], deadline: deadline
            ).succeeded().text
            guard let other = AllocatorResult(peerText: output) else {
                throw AllocatorBenchError(kind: kind, cause: "the peer said '\(output)'")
            }
            guard mine.checksum == other.checksum else {
                throw AllocatorBenchError(
                    kind: kind, cause: "the model and its peer in C++ come to different results")
            }
            ours = max(ours, mine.callsPerSecond)
            theirs = max(theirs, other.callsPerSecond)
        }
        return BenchFigure(
            name: kind.figureName, unit: "per s", ours: ours, peer: theirs,
            peerName: "C++ std::map", rule: .ratioAtLeast(0.5))
    }
}

extension AllocatorResult {
    /// Reads `calls 1000000 elapsed_ns 97000000 checksum 0123456789abcdef`.
    init?(peerText text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 6, words[0] == "calls", words[2] == "elapsed_ns",
            words[4] == "checksum", let calls = Double(words[1]),
            let elapsed = Double(words[3]), elapsed > 0,
            let checksum = Hexadecimal.value(words[5])
        else { return nil }
        self.init(callsPerSecond: calls * 1e9 / elapsed, checksum: checksum)
    }
}

/// Why the allocators could not be compared.
struct AllocatorBenchError: Blame {
    let allocator: AllocatorKind
    let cause: String
    let kind = FaultKind.harness

    init(kind: AllocatorKind, cause: String) {
        (allocator, self.cause) = (kind, cause)
    }

    var account: Account {
        Account(subject: allocator.figureName, action: "be measured", cause: cause)
    }
}
