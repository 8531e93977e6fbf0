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
        try await performAll([request], deadline: deadline)[0]
    }

    /// Asks the agent for several things in one round trip and gives the answers in their order.
    ///
    /// The agent carries out all of them, also those behind one that it refuses.
    /// - Throws: `AgentError` of the first that was not carried out; `CancellationError`.
    package func performAll<Request: AgentRequest>(
        _ requests: [Request], deadline: Deadline
    ) async throws -> [Reply<Request.Answer>] {
        await takeTurn()
        defer { turns.pass() }
        try Task.checkCancellation()
        if let broken { throw failure(Request.kind, broken) }
        do {
            let frames = try await answers(to: requests, deadline)
            return try frames.map { try reply(Request.self, in: $0) }
        } catch let cause as AgentError.Cause {
            if cause.breaksTheStream { broken = cause }
            throw failure(Request.kind, cause)
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

    private func failure(_ kind: RequestKind, _ cause: AgentError.Cause) -> AgentError {
        AgentError(board: board, request: "\(kind)", cause: cause)
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
    private func answers(
        to requests: [some AgentRequest], _ deadline: Deadline
    ) async throws -> [Frame] {
        guard !requests.isEmpty else { return [] }
        var wanted = lastRequest + 1
        var bytes = try await transported {
            try await transport.exchange(requests.flatMap(sending), deadline: deadline)
        }
        var answers: [Frame] = []
        while true {
            if bytes.isEmpty { throw AgentError.Cause.died(await transport.lastWords()) }
            decoder.append(bytes)
            while wanted <= lastRequest, let answer = try nextAnswer(to: wanted) {
                answers.append(answer)
                wanted += 1
            }
            if wanted > lastRequest { return answers }
            bytes = try await transported { try await transport.read(deadline: deadline) }
        }
    }

    /// Gives a request the next number.
    private func sending<Request: AgentRequest>(_ request: Request) -> [UInt8] {
        lastRequest += 1
        return Frame(
            kind: .request(Request.kind), request: RequestID(rawValue: lastRequest),
            payload: request.payload
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

    private func reply<Request: AgentRequest>(
        _: Request.Type, in frame: Frame
    ) throws(AgentError.Cause) -> Reply<Request.Answer> {
        switch frame.kind {
        case .answer(Request.kind): return try read(frame)
        case .refused: throw refusal(try read(frame))
        default: throw .unexpected(frame)
        }
    }

    private func read<Value: WireValue>(_ frame: Frame) throws(AgentError.Cause) -> Value {
        do throws(WireError) {
            return try Value(payload: frame.payload)
        } catch {
            throw .unreadable(error, frame: frame)
        }
    }

    private func refusal(_ refused: RefusedRequest) -> AgentError.Cause {
        if case .version(let agent, let controller) = refused.refusal {
            return .otherVersion(agent: agent, controller: controller)
        }
        return .refused(refused)
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
        case .refused, .deadline, .unreadable: false
        case .otherVersion, .died, .garbage, .unexpected, .dropped: true
        }
    }
}
