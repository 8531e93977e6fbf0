// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
package import PCIInventory
import Scheduling

/// Something small that is wanted of one board, outside of any run.
package enum BoardErrand {
    /// Brings a board to life, reads what sits on its buses, and leaves it as it was found.
    ///
    /// The console of that life goes to the log, which the caller may throw away.
    /// - Throws: faults of image, board, SSH and inventory.
    package static func inventory(
        of order: BoardOrder, provisions: LiveBoard.Provisions,
        announce: @escaping @Sendable (String) -> Void
    ) async throws -> [PCIDevice] {
        let (plan, _) = try await ImageKitchen(announce: announce).plan(for: order)
        return try await LiveBoard.withBoard(plan, provisions: provisions) { live in
            let deadline = Deadline.after(
                live.budgets.step, for: "the inventory of board \(live.name)")
            return try await RemoteInventory.read(over: live.connection, deadline: deadline).devices
        }
    }
}
