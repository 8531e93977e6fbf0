// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import SecureShell
import Vocabulary

extension AgentFiles {
    /// Does several things in one round trip.
    package func carryOut(_ errands: [FileErrand]) async throws -> [FileReport] {
        try await carryOut(chain: [], then: errands)
    }

    /// Does the links of a chain and the other things in one round trip; the agent itself ends the
    /// chain where a link breaks.
    package func carryOut(
        chain: [FileErrand], then others: [FileErrand]
    ) async throws -> [FileReport] {
        guard let first = (chain + others).first else { return [] }
        var flight = AgentFlight()
        let links = chain.enumerated().map { flight.add($1, onlyAfterSuccess: $0 > 0) }
        let tickets = others.map { flight.add($0) }
        let more = chain.count + others.count - 1
        let purpose = more == 0 ? "\(first.path)" : "\(first.path) and \(more) more"
        let replies = await fly(flight, for: purpose)
        // In their order, so that the link that broke is met before those that were skipped.
        for link in links { try await report(of: link, in: replies).succeeded() }
        return try await reports(of: tickets, in: replies)
    }

    /// Gives what came of the errands that flew together.
    /// - Throws: what kept the agent from doing them; what the board refused is in the reports.
    package func reports(
        of tickets: [FileTicket], in replies: AgentReplies
    ) async throws -> [FileReport] {
        var reports: [FileReport] = []
        for ticket in tickets { reports.append(try await report(of: ticket, in: replies)) }
        return reports
    }

    func carryOut(_ errand: FileErrand) async throws -> FileReport {
        try await carryOut([errand])[0]
    }

    /// A file that did not come whole is read on, and a folder whose parents are missing is made.
    private func report(
        of ticket: FileTicket, in replies: AgentReplies
    ) async throws -> FileReport {
        do {
            return FileReport(.success(try await outcome(of: ticket, in: replies)))
        } catch let error as BoardFileError {
            return FileReport(.failure(error))
        }
    }

    private func outcome(
        of ticket: FileTicket, in replies: AgentReplies
    ) async throws -> FileReport.Outcome {
        switch ticket.seat {
        case .read(let seat, let limit):
            let piece = try ticket.errand.answer(of: replies.reply(to: seat))
            guard piece.isComplete, UInt64(piece.bytes.count) <= limit.rawValue else {
                return .bytes(try await contents(of: ticket.errand.path, limit: limit))
            }
            return .bytes(piece.bytes)
        case .readStart(let seat):
            return .bytes(try ticket.errand.answer(of: replies.reply(to: seat)).bytes)
        case .write(let seat):
            _ = try ticket.errand.answer(of: replies.reply(to: seat))
            return .names([])
        case .makeDirectory(let seat):
            try await settle(try replies.reply(to: seat), ticket.errand)
            return .names([])
        case .handle(let seat):
            let names = try ticket.errand.answer(of: replies.reply(to: seat)).names
            return .names(names.map { String(decoding: $0, as: UTF8.self) }.sorted())
        }
    }

    /// Nearly always a directory is there, or only the last component is missing.
    private func settle(_ reply: Reply<PathNames>, _ errand: FileErrand) async throws {
        switch reply.errno {
        case .exists: return
        case .noEntry: try await makeEveryDirectory(above: errand.path)
        default: _ = try errand.answer(of: reply)
        }
    }

    private func makeEveryDirectory(above path: RemotePath) async throws {
        var above = RemotePath(path.description.hasPrefix("/") ? "/" : ".")
        var flight = AgentFlight()
        var last: AgentFlight.Ticket<HandlePath>?
        for component in path.description.split(separator: "/") {
            above = above.appending(String(component))
            last = flight.add(HandlePath(path: above.description, action: .makeDirectory))
        }
        guard let last else { return }
        let reply = try await fly(flight, for: "\(path)").reply(to: last)
        if reply.errno != .exists { _ = try FileErrand.makeDirectory(path).answer(of: reply) }
    }
}

extension FileErrand {
    /// Gives the answer of the agent, or what the board refused.
    func answer<Answer>(of reply: Reply<Answer>) throws(BoardFileError) -> Answer {
        guard let answer = reply.answer else {
            throw BoardFileError(path: path, action: action, errno: reply.errno)
        }
        return answer
    }
}
