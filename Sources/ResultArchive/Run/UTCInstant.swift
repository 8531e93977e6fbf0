// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Vocabulary

/// A moment of the controller's calendar, to the millisecond: `2026-11-22T16:31:06.250Z`.
package struct UTCInstant: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z, leap seconds left out.
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads the controller's clock.
    package static func now() -> UTCInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCInstant(
            milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The time from an earlier moment to this.
    package func since(_ earlier: UTCInstant) -> Duration {
        .milliseconds(milliseconds - earlier.milliseconds)
    }
}

extension UTCInstant: CustomStringConvertible {
    package var description: String {
        let (date, time) = parts
        let fraction = digits(Int64(milliseconds - seconds * 1_000), width: 3)
        return "\(date)T\(time.joined(separator: ":")).\(fraction)Z"
    }

    /// To the second and fit for a file's name: `2026-11-22T16-31-06Z`.
    package var fileName: String {
        let (date, time) = parts
        return "\(date)T\(time.joined(separator: "-"))Z"
    }

    private var seconds: Int64 {
        (milliseconds - (milliseconds % 1_000 + 1_000) % 1_000) / 1_000
    }

    private var parts: (date: String, time: [String]) {
        var moment = time_t(seconds)
        var calendar = tm()
        gmtime_r(&moment, &calendar)
        let year = digits(Int64(calendar.tm_year) + 1_900, width: 4)
        let date = [year, digits(Int64(calendar.tm_mon) + 1), digits(Int64(calendar.tm_mday))]
        let time = [calendar.tm_hour, calendar.tm_min, calendar.tm_sec].map { digits(Int64($0)) }
        return (date.joined(separator: "-"), time)
    }

    private func digits(_ number: Int64, width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

extension UTCInstant: ArchivedText {
    /// Reads `2026-11-22T16:31:06.250Z`, and no other form.
    package init?(archived text: String) {
        let numbers = text.split { "-:.TZ".contains($0) }.map { Int64($0) ?? -1 }
        guard numbers.count == 7, (1_970...9_999).contains(numbers[0]) else { return nil }
        var calendar = tm()
        calendar.tm_year = CInt(numbers[0] - 1_900)
        calendar.tm_mon = CInt(truncatingIfNeeded: numbers[1] - 1)
        calendar.tm_mday = CInt(truncatingIfNeeded: numbers[2])
        calendar.tm_hour = CInt(truncatingIfNeeded: numbers[3])
        calendar.tm_min = CInt(truncatingIfNeeded: numbers[4])
        calendar.tm_sec = CInt(truncatingIfNeeded: numbers[5])
        milliseconds = Int64(timegm(&calendar)) * 1_000 + min(max(numbers[6], 0), 999)
        // Whatever was no moment in this form does not come out as it went in.
        guard description == text else { return nil }
    }

    package var archived: String { description }
    package static var noun: String { "a moment in UTC" }
}
