// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import SecureShell
import Vocabulary

/// By which the answer to a file errand in a flight is found again.
package struct FileTicket: Sendable {
    enum Seat: Sendable {
        case read(AgentFlight.Ticket<ReadFile>, limit: ByteCount)
        case readStart(AgentFlight.Ticket<ReadFile>)
        case write(AgentFlight.Ticket<WriteFile>)
        case makeDirectory(AgentFlight.Ticket<HandlePath>)
        case handle(AgentFlight.Ticket<HandlePath>)
    }

    let errand: FileErrand
    let seat: Seat
}

extension AgentFlight {
    /// Adds a file errand behind the other requests, perhaps one that the agent skips unless the one
    /// before it succeeded; `AgentFiles.reports` tells what came of it.
    package mutating func add(
        _ errand: FileErrand, onlyAfterSuccess: Bool = false
    ) -> FileTicket {
        FileTicket(errand: errand, seat: seat(errand, onlyAfterSuccess))
    }

    private mutating func seat(_ errand: FileErrand, _ afterSuccess: Bool) -> FileTicket.Seat {
        switch errand {
        case .read(let path, let limit):
            let request = ReadFile(path: path.description, offset: 0, limit: .max)
            return .read(add(request, onlyAfterSuccess: afterSuccess), limit: limit)
        case .readStart(let path, let count):
            let request = ReadFile(path: path.description, offset: 0, limit: count)
            return .readStart(add(request, onlyAfterSuccess: afterSuccess))
        case .write(let text, let path):
            return .write(write(text, to: path, creates: false, afterSuccess))
        case .create(let path, let text):
            return .write(write(text, to: path, creates: true, afterSuccess))
        case .remove(let path): return .handle(handle(path, .remove, afterSuccess))
        case .makeDirectory(let path):
            return .makeDirectory(handle(path, .makeDirectory, afterSuccess))
        case .list(let path): return .handle(handle(path, .list, afterSuccess))
        case .readLink(let path): return .handle(handle(path, .readLink, afterSuccess))
        }
    }

    private mutating func write(
        _ text: String, to path: RemotePath, creates: Bool, _ afterSuccess: Bool
    ) -> Ticket<WriteFile> {
        let bytes = Array(text.utf8)
        return add(
            WriteFile(path: path.description, bytes: bytes, creates: creates),
            onlyAfterSuccess: afterSuccess)
    }

    private mutating func handle(
        _ path: RemotePath, _ action: PathAction, _ afterSuccess: Bool
    ) -> Ticket<HandlePath> {
        add(HandlePath(path: path.description, action: action), onlyAfterSuccess: afterSuccess)
    }
}
