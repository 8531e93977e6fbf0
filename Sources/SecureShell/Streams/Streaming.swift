// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

extension SSHConnection {
    /// Starts a command and leaves its standard streams open; `close` must follow.
    package func openStream(
        _ command: RemoteCommand, deadline: Deadline
    ) async throws -> RemoteStream {
        let channel = try await start(command, activity("start `\(command)`", deadline))
        let identity = RemoteStream.Identity(number: nextStream)
        nextStream += 1
        streams[identity] = OpenStream(channel: channel, command: command)
        return RemoteStream(connection: self, command: command, identity: identity)
    }

    /// Gives the body a stream, which is closed when the body ends.
    package nonisolated func withStream<Value>(
        _ command: RemoteCommand, deadline: Deadline,
        _ body: (RemoteStream) async throws -> Value
    ) async throws -> Value {
        let stream = try await openStream(command, deadline: deadline)
        return try await withCleanup {
            try await body(stream)
        } cleanup: {
            await stream.close()
        }
    }

    func write(_ bytes: [UInt8], to stream: RemoteStream, _ deadline: Deadline) async throws {
        var (channel, activity) = try find(stream, "write to", deadline)
        try await write(bytes[...], over: channel, &activity)
    }

    func read(
        _ output: Channel.Output, of stream: RemoteStream, upTo limit: Int, _ deadline: Deadline
    ) async throws -> [UInt8] {
        let (channel, activity) = try find(stream, "read from", deadline)
        return try await read(output, over: channel, upTo: limit, activity)
    }

    func exchange(
        _ bytes: [UInt8], with stream: RemoteStream, upTo limit: Int, _ deadline: Deadline
    ) async throws -> [UInt8] {
        var (channel, activity) = try find(stream, "talk with", deadline)
        do {
            try await write(bytes[...], over: channel, &activity)
        } catch let error as SSHError {
            // A command that has just ended may still have something to say.
            guard case .ended = error.cause else { throw error }
        }
        return try await read(.standard, over: channel, upTo: limit, activity)
    }

    func closeInput(of stream: RemoteStream, _ deadline: Deadline) throws {
        let (channel, activity) = try find(stream, "close the input of", deadline)
        try check(activity)
        channel.sendEndOfFile()
    }

    func status(of stream: RemoteStream, _ deadline: Deadline) async throws -> RemoteStatus {
        let (channel, activity) = try find(stream, "see the end of", deadline)
        while !channel.isClosedByServer { try await awaitNews(activity) }
        guard let status = channel.status else { throw activity.failure(.noStatus) }
        return status
    }

    func close(_ stream: RemoteStream) {
        guard let open = streams.removeValue(forKey: stream.identity) else { return }
        abandon(open.channel)
    }
}

extension SSHConnection {
    private func find(
        _ stream: RemoteStream, _ verb: String, _ deadline: Deadline
    ) throws -> (Channel, Activity) {
        var activity = activity("\(verb) `\(stream.command)`", deadline)
        guard let open = streams[stream.identity] else { throw activity.failure(.closed) }
        activity.start = open.start
        return (open.channel, activity)
    }

    private func write(
        _ bytes: ArraySlice<UInt8>, over channel: Channel, _ activity: inout Activity
    ) async throws {
        var rest = bytes
        while !rest.isEmpty {
            try check(activity)
            guard let count = channel.write(rest.prefix(256 << 10)) else {
                throw activity.failure(writeFailure(channel, activity))
            }
            rest = rest.dropFirst(count)
            if !rest.isEmpty { try await awaitNews(activity) }
        }
    }

    private func writeFailure(_ channel: Channel, _ activity: Activity) -> SSHError.Cause {
        if let status = channel.status { return .ended(status) }
        let reason = session?.lastError ?? "the connection is closed"
        return .dropped(reason: reason, after: activity.elapsed)
    }

    private func read(
        _ output: Channel.Output, over channel: Channel, upTo limit: Int, _ activity: Activity
    ) async throws -> [UInt8] {
        while channel.count(output) == 0 {
            if channel.isAtEnd { return [] }
            // What came before a loss is read before the loss is told.
            try await awaitNews(activity)
        }
        return channel.take(output, atMost: limit)
    }
}
