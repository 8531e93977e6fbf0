// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Scheduling
import Synchronization
import Vocabulary

/// What the kernel of a stay leaves in the board's persistent store when it dies.
///
/// The store is looked at before the board leaves its known-good kernel too: what earlier kernels
/// have left is nobody's fault now, and stays where it is.
final class KernelTestament: Sendable {
    private let shelf: any RecordShelf
    /// What lay there before; nothing where nobody could look.
    private let earlier = Mutex<[PersistentFile]?>(nil)

    init(shelf: any RecordShelf) { self.shelf = shelf }

    /// Looks at the store before the kernel is booted.
    func begin(with hand: BoardHand) async {
        do {
            let files = try await PersistentStore(over: hand.connection)
                .files(deadline: deadline(hand))
            earlier.withLock { $0 = files }
        } catch {
            await miss(error, hand.board)
        }
    }

    /// Keeps what has come since; the board is on its known-good kernel again.
    /// - Returns: what the kernel died of, where the store tells it.
    func open(with hand: BoardHand) async -> StoredDeath? {
        guard let earlier = earlier.withLock({ $0 }) else { return nil }
        do {
            let records = try await PersistentStore(over: hand.connection)
                .collect(since: earlier, deadline: deadline(hand)) { try await shelf.keep($0) }
            return records.lazy.compactMap(StoredDeath.init).first
        } catch {
            await miss(error, hand.board)
            return nil
        }
    }

    private func deadline(_ hand: BoardHand) -> Deadline {
        .after(hand.budgets.step, for: "the persistent store of board \(hand.board)")
    }

    /// Tells that the store could not be read.
    func miss(_ error: any Error, _ board: BoardName) async {
        let subject = "the persistent store of board \(board)"
        await shelf.missed(Fault(error, subject: subject, action: "be read"))
    }
}

/// A panic that a record of the persistent store tells of.
struct StoredDeath: Sendable, Hashable {
    let trouble: KernelTrouble
    /// The record's file in the archive.
    let file: String

    init?(_ record: PersistentRecord) {
        guard let trouble = record.troubles.death else { return nil }
        (self.trouble, file) = (trouble, record.file.evidenceName)
    }

    /// Gives the death in place of an error that it brought about and that does not know of it.
    func blamed(for error: any Error, on board: BoardName) -> any Error {
        guard let blame = error as? any Blame, !(error is KernelDeath),
            blame.kind == .bench || blame.kind == .kernel
        else { return error }
        return KernelDeath(board: board, trouble: trouble, witness: file)
    }
}
