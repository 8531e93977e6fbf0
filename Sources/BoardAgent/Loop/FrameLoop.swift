// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard

/// Reads requests and writes answers until one of the three ends comes.
struct FrameLoop {
    /// Why the loop ended; the number is the agent's exit status.
    enum End: Int32 {
        /// Standard input was closed, or a signal asked for the end.
        case asked = 0
        /// What came was no frame (`EX_DATAERR`).
        case garbage = 65
        /// Nobody reads the answers any more (`EX_IOERR`).
        case deaf = 74
    }

    private let agent: Agent
    private var decoder = FrameDecoder()
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(_ agent: Agent) { self.agent = agent }

    mutating func run() -> End {
        while let count = read() {
            guard count > 0 else { return .asked }
            decoder.append(buffer[..<count])
            if let end = answerFrames() { return end }
        }
        return .asked
    }

    /// Waits for bytes: 0 at the end of the input, nothing when a signal asks for the end.
    private mutating func read() -> Int? {
        while true {
            var waits = [
                pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
                pollfd(fd: agent.endSignals, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&waits, UInt(waits.count), -1)
            if waits[1].revents != 0 { return nil }
            guard waits[0].revents != 0 else { continue }
            let count = CBoard.read(0, &buffer, buffer.count)
            if count >= 0 { return count }
            guard board_errno() == EINTR else { return nil }
        }
    }

    private mutating func answerFrames() -> End? {
        do throws(FrameError) {
            while let frame = try decoder.next() {
                guard Output.write(agent.respond(to: frame).bytes) else { return .deaf }
                let carryOn = agent.carryOn
                agent.carryOn = nil
                carryOn?()
            }
            return nil
        } catch {
            Output.complain(error.description)
            return .garbage
        }
    }
}
