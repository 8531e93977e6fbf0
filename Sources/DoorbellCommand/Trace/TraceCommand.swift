// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Evidence
import SystemPackage
import Vocabulary

/// `doorbell trace`: what a trace of iommu events comes to, however long it is.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Counts a trace's map and unmap events and shows what is left mapped.",
        discussion: """
            The file is the text of a tracefs instance's trace file, as runs keep it. Exit status:
            0 the whole trace could be read, 3 it is damaged.

            overlaps    maps of what the process had mapped already
            misses      unmaps of what it had not mapped
            shortfalls  unmaps of which the kernel says that it took out another size

            Map events name no domain: where a process has two, overlaps and misses are no fault.
            """)

    @Argument(help: ArgumentHelp("The trace.", valueName: "file"))
    var file: String

    @Option(help: "Only the events of this process, as the trace numbers it.")
    var process: Int32?

    @Flag(help: "Print JSON.")
    var json = false

    /// For `doorbell bench`: gets how much memory was needed.
    @Option(help: .hidden)
    var measurements: String?

    func run() async throws {
        let digest = try await TraceFile(file).digest(of: process)
        try show(digest)
        if let measurements { try PeakMemory.write(to: FilePath(measurements)) }
        guard digest.damageCount > 0 else { return }
        for damage in digest.damage { Terminal.standardError.say("doorbell: \(damage)") }
        if digest.damageCount > digest.damage.count {
            let rest = digest.damageCount - digest.damage.count
            Terminal.standardError.say("doorbell: and \(rest) more")
        }
        throw ExitStatus.inconclusive
    }

    private func show(_ digest: TraceDigest) throws {
        let rows = digest.processes.map(TraceRow.init)
        guard !json else { return try Listing(rows: rows, cells: \.cells).print(json: true) }
        guard !rows.isEmpty else { return }
        Terminal.standardOutput.write(
            Listing<TraceRow>.aligned([TraceRow.header] + rows.map(\.cells)))
    }
}

/// What is shown of one process.
struct TraceRow: Codable {
    let process: Int32
    let maps: Int
    let unmaps: Int
    let others: Int
    let overlaps: Int
    let misses: Int
    let shortfalls: Int
    /// How many ranges are mapped at the end.
    let live: Int
    /// How many bytes that is.
    let bytes: UInt64

    init(_ process: TraceProcess) {
        self.process = process.process
        (maps, unmaps, others) = (process.maps, process.unmaps, process.others)
        (overlaps, misses) = (process.overlaps, process.misses)
        shortfalls = process.shortfalls
        (live, bytes) = (process.live.count, process.live.size.rawValue)
    }

    static let header = [
        "process", "maps", "unmaps", "others", "overlaps", "misses", "shortfalls", "live", "bytes",
    ]

    var cells: [String] {
        ["\(process)"]
            + [maps, unmaps, others, overlaps, misses, shortfalls, live].map { "\($0)" }
            + ["\(bytes)"]
    }
}
