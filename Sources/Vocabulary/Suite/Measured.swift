// SPDX-License-Identifier: GPL-3.0-or-later

/// A number that somebody measured, in its unit: `84.5 µs`, `512 MB/s`, `7`.
package struct Measured: Hashable, Sendable, Codable {
    /// How many of the unit; times are in nanoseconds.
    package let amount: Double
    package let unit: MeasureUnit

    /// A time of so many nanoseconds.
    package init(nanoseconds: UInt64) {
        amount = Double(nanoseconds)
        unit = .time
    }

    /// Reads a number with its unit behind it; nothing for what is none.
    package init?(_ text: some StringProtocol) {
        let number = text.prefix { "0123456789.-".contains($0) }
        let word = text.dropFirst(number.count).drop { $0 == " " }
        guard number.first?.isNumber == true || number.first == "-",
            let amount = Double(String(number)), amount.isFinite
        else { return nil }
        if let factor = MeasureUnit.nanoseconds[String(word)] {
            self.amount = amount * factor
            unit = .time
        } else {
            guard let unit = MeasureUnit(archived: String(word)) else { return nil }
            self.amount = amount
            self.unit = unit
        }
    }
}

/// In what something is measured.
package enum MeasureUnit: Hashable, Sendable {
    /// Written as ns, us, µs, ms or s.
    case time
    /// What stands behind the number, as it is: `MB/s`; empty where nothing does.
    case word(String)

    /// How many nanoseconds each word for a time is.
    static let nanoseconds: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9,
    ]

    /// What a person calls it.
    package var spoken: String {
        switch self {
        case .time: "a time (ns, us, ms or s)"
        case .word(""): "a number without a unit"
        case .word(let word): "a number of \(word)"
        }
    }
}

extension MeasureUnit: ArchivedText {
    private static let longest = 16

    /// Reads `ns` and other words for times, a word without spaces and digits, or nothing at all.
    package init?(archived text: String) {
        if Self.nanoseconds[text] != nil {
            self = .time
        } else {
            guard text.count <= Self.longest,
                text.unicodeScalars.allSatisfy({ $0 > " " && $0 < "\u{7f}" }),
                !text.contains(where: \.isNumber)
            else { return nil }
            self = .word(text)
        }
    }

    package var archived: String {
        switch self {
        case .time: "ns"
        case .word(let word): word
        }
    }

    package static var noun: String { "a unit" }
}

extension Measured: CustomStringConvertible {
    /// With at most three decimals, times in the largest unit that leaves a whole number before them.
    package var description: String {
        switch unit {
        case .word(""): Self.decimal(amount)
        case .word(let word): "\(Self.decimal(amount)) \(word)"
        case .time:
            switch amount.magnitude {
            case ..<1e3: "\(Self.decimal(amount)) ns"
            case ..<1e6: "\(Self.decimal(amount / 1e3)) µs"
            case ..<1e9: "\(Self.decimal(amount / 1e6)) ms"
            default: "\(Self.decimal(amount / 1e9)) s"
            }
        }
    }

    private static func decimal(_ number: Double) -> String {
        let rounded = (number * 1000).rounded() / 1000
        return Int64(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
