// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import Foundation
package import SystemPackage
package import Vocabulary

/// What is remembered of a board between runs: where it must come back to, and that it is out.
///
/// It lies beside the runs, in `.boards`, a file for each machine; a board at home has none.
package struct BoardMark: Sendable, Hashable, Codable {
    /// The known-good kernel that the board has left; nothing where nobody knows it.
    package var home: BoardIdentity?
    /// Why the board is out; nothing while a run has merely left its known-good kernel.
    package var fault: Fault?
    /// When it was noted, in ISO 8601.
    package var since: String

    package init(home: BoardIdentity?, fault: Fault?, since: String) {
        self.home = home
        self.fault = fault
        self.since = since
    }

    /// Where the mark of a machine lies, among the runs of this folder.
    ///
    /// It is called after the address: two labs may have other names for one machine.
    package static func path(of machine: RemoteMachine, in runs: FilePath) -> FilePath {
        let host = String(
            machine.host.map { $0.isLetter || $0.isNumber || ".-".contains($0) ? $0 : "_" })
        return runs.appending(".boards").appending("\(host)_\(machine.port).json")
    }

    /// Reads a mark; nothing where there is none.
    /// - Throws: `UnreadableMark`.
    package static func read(from path: FilePath) throws(UnreadableMark) -> BoardMark? {
        guard let data = FileManager.default.contents(atPath: path.string) else { return nil }
        do { return try JSONDecoder().decode(BoardMark.self, from: data) } catch {
            throw UnreadableMark(path: path, reason: "\(error)")
        }
    }

    /// Writes it so that others see all of it or nothing.
    /// - Throws: `UnreadableMark`.
    package func write(to path: FilePath) throws(UnreadableMark) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try FileManager.default.createDirectory(
                atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
            try encoder.encode(self).write(to: URL(filePath: path.string), options: .atomic)
        } catch {
            throw UnreadableMark(path: path, reason: error.localizedDescription)
        }
    }
}

/// A mark that cannot be read or written.
package struct UnreadableMark: Blame, Hashable {
    package let path: FilePath
    package let reason: String

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "the mark \(path)", action: "be read or written", cause: reason,
            remedy:
                "See by hand whether the board runs its known-good kernel, then remove the file.")
    }
}

/// A board that an earlier run could not bring back to its known-good kernel.
package struct BoardIsOut: Blame, Hashable {
    package let board: BoardName
    package let since: String
    package let fault: Fault

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "be used",
            cause: "it is out since \(since): \(fault.account.subject) could not "
                + "\(fault.account.action): \(fault.account.cause)",
            remedy: "Run `doorbell board recover --board \(board)` with its lab.")
    }
}
