// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell
import Vocabulary

/// A tracefs instance of our own: whatever else is traced on the board stays as it is.
///
/// Its clock is `mono`, the agent's own clock, so that events can be attributed to calls.
/// See `Documentation/trace/ftrace.rst`, "Instances" (Linux 6.1).
package struct TraceInstance: Sendable {
    package let root: RemotePath
    private let files: AgentFiles
    /// The CPUs that have a buffer, as tracefs calls them: "cpu0".
    private let cpus: [String]

    /// How much each CPU may hold; a case of the smoke suite needs a tenth of it.
    private static let bufferKibibytes = 4096

    /// Makes the instance and switches the events of `iommu/` on in it.
    /// - Throws: `BoardFileError`, also where the kernel has no tracing.
    package static func start(
        named name: String, on files: AgentFiles
    ) async throws -> TraceInstance {
        let root = RemotePath("/sys/kernel/tracing/instances/\(name)")
        // The kernel fills the folder with the files that the others are.
        let reports = try await files.carryOut([
            .makeDirectory(root), .write("mono", to: root.appending("trace_clock")),
            .write("\(bufferKibibytes)", to: root.appending("buffer_size_kb")),
            .write("1", to: root.appending("events/iommu/enable")),
            .list(root.appending("per_cpu")),
        ])
        for report in reports { try report.succeeded() }
        return TraceInstance(root: root, files: files, cpus: try reports[4].names())
    }

    /// What empties the buffers, so that the next case starts with none of the last one's events.
    package var clearing: [FileErrand] {
        [
            .create(root.appending("trace"), holding: ""),
            .write("1", to: root.appending("tracing_on")),
        ]
    }

    /// What stops tracing, and reads what was recorded and each CPU's count of lost events.
    package var collecting: [FileErrand] {
        [
            .write("0", to: root.appending("tracing_on")),
            .read(root.appending("trace"), limit: .mebibytes(64)),
        ] + cpus.map { .read(root.appending("per_cpu/\($0)/stats")) }
    }

    /// Gives what `collecting` told.
    /// - Throws: `BoardFileError` where the board refused any of it.
    package func collected(
        _ reports: [FileReport]
    ) throws(BoardFileError) -> (trace: String, statistics: String) {
        try reports[0].succeeded()
        var statistics = ""
        for (cpu, report) in zip(cpus, reports.dropFirst(2)) {
            statistics += "\(cpu):\n\(try report.text())"
        }
        return (try reports[1].text(), statistics)
    }

    /// Removes the instance from the board.
    package func remove() async throws {
        _ = try await files.carryOut(
            chain: [.write("0", to: root.appending("events/enable")), .remove(root)], then: [])
    }
}
