// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation

/// One line that a board wrote on its serial console.
package struct ConsoleLine: Sendable, Hashable {
    /// How many lines came before it.
    package let number: Int
    /// When its first byte came, since the board was switched on.
    package let sincePowerOn: Duration
    /// When its first byte came, by the controller's clock.
    package let date: Date
    /// Without its line end; bytes that are no UTF-8 become replacement characters.
    package let text: String

    package init(number: Int, sincePowerOn: Duration, date: Date, text: String) {
        self.number = number
        self.sincePowerOn = sincePowerOn
        self.date = date
        self.text = text
    }
}

/// What stands before each line in a console log: both times, in a fixed number of columns.
///
/// Cutting this many bytes off each line gives back exactly what the board sent.
enum ConsoleStamp {
    /// Writes both times, as in `    3.806123 2026-11-22T16:07:38.123Z | `.
    ///
    /// A note, which the board has not sent, has `#` in the place of the bar.
    static func text(sincePowerOn: Duration, date: Date, isNote: Bool = false) -> String {
        let micros = Int(sincePowerOn / .microseconds(1))
        let fraction = String(micros % 1_000_000 + 1_000_000).dropFirst()
        let seconds = String(micros / 1_000_000)
        let column = String(repeating: " ", count: max(0, 5 - seconds.count)) + seconds
        return "\(column).\(fraction) \(format.format(date)) \(isNote ? "#" : "|") "
    }

    static let width = text(sincePowerOn: .zero, date: Date(timeIntervalSince1970: 0)).utf8.count

    private static let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
