// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a board's console comes from: a port of a serial server, a BMC, a command of the lab.
package protocol ConsoleSource: Sendable {
    /// What it is and where, for the record: `TCP 10.0.0.7:2001`.
    var title: String { get }
    /// Whether it is worth another try after it ended.
    var comesBack: Bool { get }
    /// Listens once, until the source ends; every byte goes to the listener as it comes.
    ///
    /// Returns when the source ended in order; ends with `CancellationError` when the task is
    /// cancelled.
    /// - Throws: a `Blame` that tells why it cannot be heard, or not any more.
    func listen(_ listener: ConsoleListener) async throws
}

/// Takes what a source hears.
package struct ConsoleListener: Sendable {
    /// Takes bytes of the board.
    package let take: @Sendable ([UInt8]) -> Void
    /// Takes a sentence about the source itself, for the record.
    package let note: @Sendable (String) -> Void

    package init(
        take: @escaping @Sendable ([UInt8]) -> Void, note: @escaping @Sendable (String) -> Void
    ) {
        (self.take, self.note) = (take, note)
    }
}
