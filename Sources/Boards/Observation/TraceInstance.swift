// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell
import Vocabulary

/// A tracefs instance of our own: whatever else is traced on the board stays as it is.
///
/// Its clock is `mono`, the agent's own clock, so that events can be attributed to calls.
/// See `Documentation/trace/ftrace.rst`, "Instances" (Linux 6.1).
package struct TraceInstance: Sendable {
    package let root: RemotePath
    private let files: any BoardFiles

    /// How much each CPU may hold; a case of the smoke suite needs a tenth of it.
    private static let bufferKibibytes = 4096

    /// Makes the instance and switches the events of `iommu/` on in it.
    /// - Throws: `BoardFileError`, also where the kernel has no tracing.
    package static func start(
        named name: String, on files: any BoardFiles
    ) async throws -> TraceInstance {
        let root = RemotePath("/sys/kernel/tracing/instances/\(name)")
        let instance = TraceInstance(root: root, files: files)
        try await files.makeDirectory(root)
        try await files.write("mono", to: root.appending("trace_clock"))
        try await files.write(
            "\(bufferKibibytes)", to: root.appending("buffer_size_kb"))
        try await files.write("1", to: root.appending("events/iommu/enable"))
        return instance
    }

    /// Empties the buffers, so that the next case starts with none of the last one's events.
    package func clear() async throws {
        try await files.create(root.appending("trace"), holding: "")
        try await files.write("1", to: root.appending("tracing_on"))
    }

    /// Stops tracing and reads what was recorded, with each CPU's count of lost events.
    package func collect() async throws -> (trace: String, statistics: String) {
        try await files.write("0", to: root.appending("tracing_on"))
        let trace = try await files.text(of: root.appending("trace"), limit: .mebibytes(64))
        let names = try await files.entries(of: root.appending("per_cpu"))
        let counts = try await files.contents(
            ofAll: names.map { root.appending("per_cpu/\($0)/stats") }, limit: .mebibytes(1))
        let statistics = zip(names, counts).map { name, bytes in
            "\(name):\n\(String(decoding: bytes, as: UTF8.self))"
        }.joined()
        return (trace, statistics)
    }

    /// Removes the instance from the board.
    package func remove() async throws {
        try await files.write("0", to: root.appending("events/enable"))
        try await files.remove(root)
    }
}
