// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Who keeps what a dead kernel has left in a board's persistent store.
package protocol RecordShelf: Sendable {
    /// Keeps a record for good; only then is it removed from the board.
    /// - Throws: whatever kept it from being kept.
    func keep(_ record: PersistentRecord) async throws

    /// Hears that the store could not be read, or a record not be kept.
    func missed(_ fault: Fault) async
}
