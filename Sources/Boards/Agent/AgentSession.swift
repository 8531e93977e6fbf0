// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Scheduling
import Vocabulary

/// A conversation with one running agent: one request at a time, each with its deadline.
///
/// Once the stream is broken the session stays broken and repeats its first cause. A request that
/// was cancelled or too slow does not break it: its late answer is recognised and put aside.
package actor AgentSession {
    /// What messages call the board.
    package nonisolated let board: String
    private let transport: any AgentTransport
    private var decoder = FrameDecoder()
    private var lastRequest: UInt32 = 0
    private var broken: AgentError.Cause?
    private var turns = Turns()
    /// Answers that came after their request had been given up.
    package private(set) var lateAnswers: [Frame] = []

    package init(board: String, transport: any AgentTransport) {
        self.board = board
        self.transport = transport
    }

    /// Asks the agent for something and awaits the answer.
    ///
    /// That the kernel refused a call is a normal answer. Requests of several tasks queue up.
    /// - Throws: `AgentError`; `CancellationError`.
    package func perform<Request: AgentRequest>(
        _ request: Request, deadline: Deadline
    ) async throws -> Reply<Request.Answer> {
        var flight = AgentFlight()
        let ticket = flight.add(request)
        return try await perform(flight, deadline: deadline).reply(to: ticket)
    }

    /// Asks the agent for several things in one round trip.
    ///
    /// - Returns: what came back, which tells of every failure: a stream that broke as well, and a
    ///   cancellation.
    package func perform(_ flight: AgentFlight, deadline: Deadline) async -> AgentReplies {
        var landed: [Frame] = []
        var failure: (any Error)?
        if !flight.isEmpty {
            await takeTurn()
            defer { turns.pass() }
            failure = await fly(flight, deadline, &landed)
        }
        return AgentReplies(board: board, flight: flight, landed: landed, failure: failure)
    }

    /// Sends and hears; what came before a failure is in `landed`.
    private func fly(
        _ flight: AgentFlight, _ deadline: Deadline, _ landed: inout [Frame]
    ) async -> (any Error)? {
        do {
            try Task.checkCancellation()
            if let broken { throw broken }
            try await exchange(flight, deadline, &landed)
            return nil
        } catch let cause as AgentError.Cause {
            if cause.breaksTheStream { broken = cause }
            // The first request without an answer is the one that was running.
            let running = flight.passengers[min(landed.count, flight.passengers.count - 1)]
            return AgentError(board: board, request: "\(running.kind)", cause: cause)
        } catch {
            return error
        }
    }

    /// Asks the agent to release everything, awaits its end, and lets the streams go.
    package func close(deadline: Deadline) async {
        await takeTurn()
        defer { turns.pass() }
        if broken == nil {
            broken = .died(
                AgentLastWords(standardError: "", ending: "its session was closed before"))
            await awaitEnd(deadline)
        }
        await transport.close()
    }

    private func takeTurn() async {
        if turns.takeIfFree() { return }
        await withCheckedContinuation { turns.wait($0) }
    }

    /// An agent that does not end in time is ended by `close` of the transport.
    private func awaitEnd(_ deadline: Deadline) async {
        do {
            try await transport.closeInput(deadline: deadline)
            while try await !transport.read(deadline: deadline).isEmpty {}
        } catch {
            // What is wrong with a stream that is let go anyway helps nobody.
        }
    }
}

// MARK: Frames

extension AgentSession {
    /// Sends all requests, then takes their answers as they come.
    private func exchange(
        _ flight: AgentFlight, _ deadline: Deadline, _ landed: inout [Frame]
    ) async throws {
        let first = lastRequest + 1
        var bytes = try await transported {
            try await transport.exchange(flight.passengers.flatMap(sending), deadline: deadline)
        }
        while true {
            if bytes.isEmpty { throw AgentError.Cause.died(await transport.lastWords()) }
            decoder.append(bytes)
            while landed.count < flight.passengers.count,
                let answer = try nextAnswer(to: first + UInt32(landed.count))
            {
                try answer.checkAnswers(flight.passengers[landed.count].kind)
                landed.append(answer)
            }
            if landed.count == flight.passengers.count { return }
            bytes = try await transported { try await transport.read(deadline: deadline) }
        }
    }

    /// Gives a request the next number.
    private func sending(_ passenger: AgentFlight.Passenger) -> [UInt8] {
        lastRequest += 1
        return Frame(
            kind: .request(passenger.kind, onlyAfterSuccess: passenger.onlyAfterSuccess),
            request: RequestID(rawValue: lastRequest), payload: passenger.payload
        ).bytes
    }

    /// Gives the answer to a request, if it is there; late answers are put aside.
    private func nextAnswer(to wanted: UInt32) throws(AgentError.Cause) -> Frame? {
        while let frame = try nextFrame() {
            guard frame.version == .current else {
                throw .otherVersion(agent: frame.version, controller: .current)
            }
            if frame.request.rawValue == wanted { return frame }
            guard (1..<wanted).contains(frame.request.rawValue) else {
                throw .unexpected(frame)
            }
            lateAnswers.append(frame)
        }
        return nil
    }

    private func nextFrame() throws(AgentError.Cause) -> Frame? {
        do throws(FrameError) {
            return try decoder.next()
        } catch {
            throw .garbage(error, bytes: decoder.pending)
        }
    }

    private func transported(_ body: () async throws -> [UInt8]) async throws -> [UInt8] {
        do {
            return try await body()
        } catch AgentTransportError.deadline(let exceeded) {
            throw AgentError.Cause.deadline(exceeded)
        } catch AgentTransportError.dropped(let fault) {
            throw AgentError.Cause.dropped(fault)
        }
    }
}

extension AgentError.Cause: Error {
    /// Whether what comes next on the stream cannot be trusted any more.
    fileprivate var breaksTheStream: Bool {
        switch self {
        case .refused, .deadline, .unreadable, .neverSent: false
        case .otherVersion, .died, .garbage, .unexpected, .dropped: true
        }
    }
}
