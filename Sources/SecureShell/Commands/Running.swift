// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

/// A piece of what a command wrote.
package struct OutputPiece: Sendable {
    /// Which of the two outputs a piece came from.
    package enum Source: Sendable { case standardOutput, standardError }

    package let source: Source
    package let bytes: [UInt8]
}

extension SSHConnection {
    /// Runs a command to its end; a non-zero exit is a result.
    ///
    /// The limit holds for each output. When the deadline passes, the caller is cancelled or the
    /// output is too long, the server is asked to end the command, and the channel is closed.
    /// `onInputLeft` hears how many bytes of the input have not been sent yet.
    /// - Throws: `SSHError` with what was heard until then; `CancellationError`.
    package func run(
        _ command: RemoteCommand, input: [UInt8] = [], outputLimit: ByteCount = .mebibytes(16),
        deadline: Deadline, onInputLeft: @Sendable (Int) -> Void = { _ in }
    ) async throws -> CommandResult {
        let activity = activity("run `\(command)`", deadline)
        var output = CommandOutput()
        do {
            let status = try await perform(
                command, input: input[...], activity, onInputLeft: onInputLeft
            ) { piece in
                if !output.keep(piece, limit: outputLimit) {
                    throw activity.failure(.tooMuchOutput(limit: outputLimit))
                }
            }
            return CommandResult(
                command: command, status: status, output: output, duration: activity.elapsed,
                target: target.name)
        } catch let error as SSHError {
            throw activity.failure(error.cause, heard: output)
        }
    }

    /// Runs a command and hands over what it writes as it comes.
    ///
    /// The handler runs on the connection's thread, so it must be quick; by throwing it ends the
    /// command.
    package func runStreaming(
        _ command: RemoteCommand, input: [UInt8] = [], deadline: Deadline,
        onOutput: @Sendable (OutputPiece) throws -> Void
    ) async throws -> RemoteStatus {
        let activity = activity("run `\(command)`", deadline)
        return try await perform(command, input: input[...], activity, onOutput)
    }
}

extension SSHConnection {
    /// How many bytes of each output may be waiting here to be handled.
    static var capacity: Int { 4 << 20 }

    /// Starts a command on a new channel.
    func start(_ command: RemoteCommand, _ activity: Activity) async throws -> Channel {
        try check(activity)
        guard let session else { throw activity.failure(.closed) }
        let channel: Channel
        let text: String
        do throws(SSHError.Cause) {
            let mark = CommandMark()
            text = try command.shellText(mark: mark)
            channel = try Channel(in: session, mark: mark, capacity: Self.capacity)
        } catch {
            throw activity.failure(error)
        }
        try await finish(activity, "open a channel") { channel.open() }
        running.insert(channel.mark)
        do {
            try await finish(activity, "start the command") { channel.execute(text) }
        } catch {
            abandon(channel)
            throw error
        }
        return channel
    }

    private func finish(
        _ activity: Activity, _ what: String, _ call: () -> Step
    ) async throws {
        while true {
            switch call() {
            case .done: return
            case .again: try await awaitNews(activity)
            case .failed:
                // A call on a connection that is just being lost fails as well.
                if let session, session.isLost {
                    throw activity.failure(
                        .dropped(reason: session.lastError, after: activity.elapsed))
                }
                throw activity.failure(.refused("to \(what): \(session?.lastError ?? "")"))
            }
        }
    }

    func perform(
        _ command: RemoteCommand, input: ArraySlice<UInt8>, _ activity: Activity,
        onInputLeft: (Int) -> Void = { _ in },
        _ onOutput: (OutputPiece) throws -> Void
    ) async throws -> RemoteStatus {
        let channel = try await start(command, activity)
        // What has ended by itself is only given back.
        defer { abandon(channel) }
        return try await converse(over: channel, input: input, activity, onInputLeft, onOutput)
    }

    private func converse(
        over channel: Channel, input: ArraySlice<UInt8>, _ activity: Activity,
        _ onInputLeft: (Int) -> Void, _ onOutput: (OutputPiece) throws -> Void
    ) async throws -> RemoteStatus {
        var input = input
        var isInputOpen = true
        while true {
            if isInputOpen {
                isInputOpen = feed(&input, to: channel)
                onInputLeft(input.count)
            }
            let heardSome = try channel.hand(to: onOutput)
            if channel.isClosedByServer, !heardSome {
                guard let status = channel.status else { throw activity.failure(.noStatus) }
                return status
            }
            if !heardSome { try await awaitNews(activity) } else { try check(activity) }
        }
    }

    /// Writes what the server has room for; false when the end has been sent.
    private func feed(_ input: inout ArraySlice<UInt8>, to channel: Channel) -> Bool {
        guard !input.isEmpty, !channel.isClosedByServer else {
            channel.sendEndOfFile()
            return false
        }
        // A command that has ended takes no more; its status tells the rest.
        guard let count = channel.write(input.prefix(256 << 10)) else { return false }
        input = input.dropFirst(count)
        return true
    }
}

extension Channel {
    /// Hands over what came of both outputs; false when there was nothing.
    fileprivate func hand(to handler: (OutputPiece) throws -> Void) throws -> Bool {
        var heardSome = false
        for (output, source) in Self.sources where count(output) > 0 {
            try handler(OutputPiece(source: source, bytes: take(output)))
            heardSome = true
        }
        return heardSome
    }

    private static let sources: [(Output, OutputPiece.Source)] = [
        (.standard, .standardOutput), (.error, .standardError),
    ]
}

extension CommandOutput {
    /// Adds a piece as far as the limit allows; false when something did not fit.
    mutating func keep(_ piece: OutputPiece, limit: ByteCount) -> Bool {
        switch piece.source {
        case .standardOutput: Self.append(piece.bytes, to: &standardOutput, limit)
        case .standardError: Self.append(piece.bytes, to: &standardError, limit)
        }
    }

    private static func append(
        _ bytes: [UInt8], to output: inout [UInt8], _ limit: ByteCount
    ) -> Bool {
        let room = Int(clamping: limit.rawValue) - output.count
        output += bytes.prefix(room)
        return bytes.count <= room
    }
}
