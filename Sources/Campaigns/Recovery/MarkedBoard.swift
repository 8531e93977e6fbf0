// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import Foundation
package import SystemPackage
package import Vocabulary

/// The memory of one board, on this machine's disk.
package struct MarkedBoard: BoardMemory {
    private let path: FilePath
    private let mark: BoardMark?
    /// Is told of a board that is out from now on.
    private let told: @Sendable (Fault) async -> Void

    /// Reads what is known.
    /// - Throws: `UnreadableMark`.
    package init(
        at path: FilePath, told: @escaping @Sendable (Fault) async -> Void = { _ in }
    ) throws(UnreadableMark) {
        self.path = path
        self.told = told
        mark = try BoardMark.read(from: path)
    }

    /// Sees to it that the board may be used.
    /// - Throws: `BoardIsOut`.
    package func check(_ board: BoardName) throws(BoardIsOut) {
        guard let mark, let fault = mark.fault else { return }
        throw BoardIsOut(board: board, since: mark.since, fault: fault)
    }

    package var home: BoardIdentity? { mark?.home }

    /// Writes down where the board belongs, before it leaves.
    package func leave(_ home: BoardIdentity) throws {
        try BoardMark(home: home, fault: nil, since: Self.now).write(to: path)
    }

    /// Removes the mark.
    package func returned() throws {
        guard FileManager.default.fileExists(atPath: path.string) else { return }
        do { try FileManager.default.removeItem(atPath: path.string) } catch {
            throw UnreadableMark(path: path, reason: error.localizedDescription)
        }
    }

    /// Marks the board as out, and tells whoever watches.
    package func lost(_ fault: Fault) async {
        // The home that was noted when the board left is what it must still come back to.
        let left = (try? BoardMark.read(from: path))?.home ?? mark?.home
        do {
            try BoardMark(home: left, fault: fault, since: Self.now).write(to: path)
        } catch {
            await told(error.fault)
        }
        await told(fault)
    }

    private static var now: String { Date.now.formatted(.iso8601) }
}
