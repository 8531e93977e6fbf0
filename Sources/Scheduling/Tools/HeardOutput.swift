// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization
import Vocabulary

/// What a tool has written so far, kept outside of the task that reads so that it survives it.
final class HeardOutput: Sendable {
    enum Stream: Int { case output, error }

    private let limit: ByteCount
    /// Hears each piece of standard output as it comes.
    private let listener: @Sendable ([UInt8]) -> Void
    private let streams = Mutex<[[UInt8]]>([[], []])

    init(limit: ByteCount, listener: @escaping @Sendable ([UInt8]) -> Void = { _ in }) {
        self.limit = limit
        self.listener = listener
    }

    func bytes(_ stream: Stream) -> [UInt8] { streams.withLock { $0[stream.rawValue] } }

    /// Keeps the bytes up to the limit.
    func append(_ bytes: UnsafeRawBufferPointer, to stream: Stream) throws(OutputTooLong) {
        let tooLong = streams.withLock { streams in
            let room = limit.rawValue - UInt64(streams[stream.rawValue].count)
            let fitting = min(UInt64(bytes.count), room)
            streams[stream.rawValue].append(contentsOf: bytes.prefix(Int(fitting)))
            return UInt64(bytes.count) > room
        }
        if stream == .output { listener(Array(bytes)) }
        if tooLong { throw OutputTooLong(limit: limit) }
    }
}

struct OutputTooLong: Error {
    let limit: ByteCount
}
