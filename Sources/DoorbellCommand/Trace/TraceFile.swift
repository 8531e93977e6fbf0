// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import SystemPackage
import Vocabulary

/// A trace on disk, read a piece at a time: it may be larger than memory.
///
/// Pieces are read beside each other, as many as are worth it, and put together in their order.
struct TraceFile {
    private let name: String

    /// So much is read at once, and so many pieces are under way: they and what is read of them
    /// stay in the processor's cache, and malloc hands out the same memory again.
    private static let (pieceSize, depth) = (96 << 10, 6)

    init(_ name: String) { self.name = name }

    /// Reads all of it.
    /// - Throws: `Fault` when the file cannot be read.
    func digest(of process: Int32?) async throws -> TraceDigest {
        do {
            let file = try FileDescriptor.open(name, .readOnly, options: .closeOnExec)
            // Nothing was written, so that nothing can be lost by closing it.
            defer { try? file.close() }
            return try await digest(of: process, in: file)
        } catch let error as Errno {
            let account = Account(
                subject: name, action: "be read", cause: "\(error)",
                remedy: "Name the file of a trace")
            throw Fault(kind: .suite, account: account)
        }
    }

    private func digest(
        of process: Int32?, in file: FileDescriptor
    ) async throws -> TraceDigest {
        try await withThrowingTaskGroup(of: NumberedBatch.self) { group in
            var queue = BatchQueue(digest: TraceDigest(file: name, process: process))
            var rest: ArraySlice<UInt8> = []
            while true {
                let piece = try read(file, behind: rest)
                let isLast = piece.count == rest.count
                let end = isLast ? piece.count : TraceBatch.wholeLines(of: piece)
                rest = piece[end...]
                let number = queue.begin()
                group.addTask {
                    NumberedBatch(number: number, batch: TraceBatch(piece, upTo: end))
                }
                let most = isLast ? 0 : Self.depth
                while queue.underWay > most, let next = try await group.next() { queue.take(next) }
                if isLast { break }
            }
            queue.digest.finish()
            return queue.digest
        }
    }

    /// Reads more behind what the last piece left over; no more than that at the file's end.
    private func read(
        _ file: FileDescriptor, behind rest: ArraySlice<UInt8>
    ) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: rest.count + Self.pieceSize) { buffer, count in
            count = buffer[..<rest.count].initialize(fromContentsOf: rest)
            let room = UnsafeMutableRawBufferPointer(buffer)
            count += try file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
        }
    }
}

/// A batch, and which of the file's it is.
private struct NumberedBatch: Sendable {
    let number: Int
    let batch: TraceBatch
}

/// Puts batches into a digest in their order, whichever is read first.
private struct BatchQueue {
    var digest: TraceDigest
    private var early: [Int: TraceBatch] = [:]
    private var begun = 0
    private var taken = 0

    init(digest: TraceDigest) { self.digest = digest }

    /// How many batches have begun and are not in the digest yet.
    var underWay: Int { begun - taken }

    /// Gives the next batch its number.
    mutating func begin() -> Int {
        defer { begun += 1 }
        return begun
    }

    mutating func take(_ next: NumberedBatch) {
        early[next.number] = next.batch
        while let batch = early.removeValue(forKey: taken) {
            digest.take(batch)
            taken += 1
        }
    }
}
