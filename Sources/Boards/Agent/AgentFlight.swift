// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol

/// Requests of any kinds that go to the agent together, so that they cost one round trip.
///
/// The agent carries them out in their order. One that the kernel refuses does not keep it from the
/// next, unless the next was added to follow success only.
package struct AgentFlight: Sendable {
    /// A request as it will go over the stream, but for its number.
    struct Passenger: Sendable {
        let kind: RequestKind
        let payload: [UInt8]
        let onlyAfterSuccess: Bool
    }

    private(set) var passengers: [Passenger] = []

    package init() {}

    package var isEmpty: Bool { passengers.isEmpty }

    /// By which the answer to one request is found again.
    package struct Ticket<Request: AgentRequest>: Sendable {
        let place: Int
    }

    /// Adds a request behind the others, perhaps one that the agent skips unless the one before it
    /// succeeded.
    package mutating func add<Request: AgentRequest>(
        _ request: Request, onlyAfterSuccess: Bool = false
    ) -> Ticket<Request> {
        passengers.append(
            Passenger(
                kind: Request.kind, payload: request.payload, onlyAfterSuccess: onlyAfterSuccess))
        return Ticket(place: passengers.count - 1)
    }
}

/// What came back of a flight: an answer for each request, or why there is none.
///
/// A stream that breaks in the middle loses nothing that came before.
package struct AgentReplies: Sendable {
    private let board: String
    private let kinds: [RequestKind]
    /// The answers that came, in the order of the requests.
    private let landed: [Frame]
    /// Why the others are missing, where some are.
    package let failure: (any Error)?

    init(board: String, flight: AgentFlight, landed: [Frame], failure: (any Error)?) {
        self.board = board
        kinds = flight.passengers.map(\.kind)
        self.landed = landed
        self.failure = failure
    }

    /// Gives the answer to one request; that the kernel refused a call is a normal one.
    ///
    /// - Throws: `AgentError` where the agent did not carry it out, or what broke the stream before
    ///   the answer came.
    package func reply<Request: AgentRequest>(
        to ticket: AgentFlight.Ticket<Request>
    ) throws -> Reply<Request.Answer> {
        guard landed.indices.contains(ticket.place) else {
            throw failure ?? AgentError(board: board, request: "\(Request.kind)", cause: .neverSent)
        }
        do throws(AgentError.Cause) {
            return try landed[ticket.place].reply(of: Request.self)
        } catch {
            throw AgentError(board: board, request: "\(Request.kind)", cause: error)
        }
    }

    /// Gives the answer to one request, or nothing where it was skipped because the one before it
    /// did not succeed.
    ///
    /// - Throws: as `reply(to:)`.
    package func replyUnlessSkipped<Request: AgentRequest>(
        to ticket: AgentFlight.Ticket<Request>
    ) throws -> Reply<Request.Answer>? {
        do {
            return try reply(to: ticket)
        } catch let error as AgentError {
            guard case .refused(let refused) = error.cause, refused.refusal == .skipped else {
                throw error
            }
            return nil
        }
    }
}
