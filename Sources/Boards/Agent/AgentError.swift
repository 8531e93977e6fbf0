// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Scheduling
package import Vocabulary

/// Why the agent gave no answer.
///
/// What the kernel refused is an answer, and not among it.
package struct AgentError: Blame {
    /// What messages call the board.
    package let board: String
    /// The request that was running, as the protocol calls it: "openGroup".
    package let request: String
    package let cause: Cause

    /// What came instead of an answer.
    package enum Cause: Sendable {
        /// Agent and controller speak different versions.
        case otherVersion(agent: ProtocolVersion, controller: ProtocolVersion)
        /// The agent refused the request, with the calls it had made before.
        case refused(RefusedRequest)
        /// The agent ended while it should have answered.
        case died(AgentLastWords)
        /// What came is not the protocol; the bytes from the first wrong one on, for the archive.
        case garbage(FrameError, bytes: [UInt8])
        /// A frame came whole, but its payload is not what it should be.
        case unreadable(WireError, frame: Frame)
        /// A frame came that answers nothing that was asked.
        case unexpected(Frame)
        case deadline(DeadlineExceeded)
        /// The request was in no flight that flew: a mistake of ours.
        case neverSent
        /// The connection to the board is gone.
        case dropped(Fault)
    }

    package init(board: String, request: String, cause: Cause) {
        self.board = board
        self.request = request
        self.cause = cause
    }

    package var kind: FaultKind {
        switch cause {
        case .otherVersion, .died, .unreadable, .unexpected, .neverSent: .harness
        case .garbage: .bench
        case .refused(let refused): refused.refusal.blames
        case .deadline(let exceeded): exceeded.kind
        case .dropped(let fault): fault.kind
        }
    }

    package var account: Account {
        Account(
            subject: "the agent on \(board)", action: "answer '\(request)'",
            cause: cause.sentence, remedy: cause.remedy)
    }
}

extension Refusal {
    /// A device that does not do what it should is the bench's; a wish that no agent fulfils the
    /// suite's; the rest is a mistake of ours.
    fileprivate var blames: FaultKind {
        switch self {
        case .deviceSilent, .unexpectedRegister, .deviceBusy, .deviceFailed: .bench
        case .noStimulus, .beyondLimit: .suite
        case .wrongState(let conflict): conflict.blames
        case .version, .unknownRequest, .malformed, .noSuchHandle, .skipped: .harness
        }
    }
}

extension StateConflict {
    /// What a device does not have is the suite's mistake, where it asks for that.
    fileprivate var blames: FaultKind {
        switch self {
        case .noMSIX, .notMaskable, .noWorkspace, .noQueues, .noOwnReset, .noEngine: .suite
        case .notMappable, .asleep: .bench
        case .stillInUse, .notArmed, .notAnAgent: .harness
        }
    }
}

extension AgentError.Cause {
    fileprivate var sentence: String {
        switch self {
        case .otherVersion(let agent, let controller):
            "it speaks \(agent), this controller \(controller)"
        case .refused(let refused): refused.refusal.description
        case .died(let words): words.sentence
        case .garbage(let error, _): error.description
        case .unreadable(let error, _): "its answer cannot be read, \(error)"
        case .unexpected(let frame):
            "it answered \(frame.request), kind \(frame.kind.rawValue), which was not asked"
        case .deadline(let exceeded): exceeded.account.cause
        case .neverSent: "it was never asked"
        case .dropped(let fault): fault.account.cause
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .otherVersion: "Let the launcher build the agent again and remove the one on the board"
        case .garbage: "Look for something on the board that prints when a user logs in"
        case .dropped(let fault): fault.account.remedy
        default: ""
        }
    }
}

extension AgentLastWords {
    fileprivate var sentence: String {
        let end = ending.isEmpty ? "it ended" : ending
        let words = standardError.split(whereSeparator: \.isNewline).suffix(5)
        return words.isEmpty ? end : end + ", saying: " + words.joined(separator: " / ")
    }
}
