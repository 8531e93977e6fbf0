// SPDX-License-Identifier: GPL-3.0-or-later

/// What one message says of trouble, before anything is known of the messages behind it.
struct TroubleSign {
    let kind: TroubleKind
    /// The title, without the function that it happened in.
    let title: String
    /// The function, where the message itself names it.
    var function: String?
    /// Whether messages behind it name the function: registers, a trace of calls.
    var isTraced = false
    /// Whether it goes on with a report that another message has begun.
    var goesOn = false
    /// Whether such a message comes before the registers, and another CPU's may come before that.
    var awaitsMore = false

    /// Reads a message; nothing for the most.
    init?(_ message: MessageBytes) {
        // The frames around a report repeat its words: "---[ end Kernel panic - not syncing: … ]---".
        guard !message.holds("---[ end ") else { return nil }
        for read in Self.readers {
            if let sign = read(message) {
                self = sign
                return
            }
        }
        return nil
    }

    init(
        _ kind: TroubleKind, _ title: String, function: String? = nil, isTraced: Bool = false,
        goesOn: Bool = false, awaitsMore: Bool = false
    ) {
        self.kind = kind
        self.title = title
        self.function = function
        self.isTraced = isTraced
        self.goesOn = goesOn
        self.awaitsMore = awaitsMore
    }

    /// The special ones before the general ones: a soft lockup begins with `BUG: ` too.
    private static let readers: [@Sendable (MessageBytes) -> TroubleSign?] = [
        panic, lockup, stall, hungTask, oops, bug, warning, smmuEvent, smmuError,
        interruptController,
    ]
}
