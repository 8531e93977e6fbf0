// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A number and the letters behind it: `2MiB`.
struct Quantity {
    let number: UInt64
    let unit: Substring

    /// Why a text is no quantity.
    enum Failure: Error { case noNumber, tooLarge }

    /// Takes a text apart; the unit may be empty, spaces before it are let in.
    init(_ text: some StringProtocol) throws(Failure) {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { throw .noNumber }
        guard let number = UInt64(digits) else { throw .tooLarge }
        self.number = number
        unit = Substring(text.dropFirst(digits.count).drop { $0 == " " })
    }
}

/// The units that a language knows for one sort of quantity.
struct UnitTable {
    /// What is measured, with its article.
    let noun: String
    /// Each unit and how many of the smallest it is.
    let units: [(name: String, factor: UInt64)]
    /// How to give a bare number a unit.
    let examples: @Sendable (UInt64) -> String

    /// Reads a quantity in the smallest unit, or says what is wrong.
    func read(_ text: some StringProtocol) -> Result<UInt64, UnitComplaint> {
        let quantity: Quantity
        do { quantity = try Quantity(text) } catch {
            let cause = error == .tooLarge ? "is too large" : "is not \(noun)"
            return .failure(UnitComplaint("'\(shortened(String(text)))' \(cause); write \(known)"))
        }
        let (number, unit) = (quantity.number, quantity.unit)
        if unit.isEmpty {
            return .failure(
                UnitComplaint("the unit is missing: write \(examples(number)) instead of \(number)")
            )
        }
        guard let factor = units.first(where: { $0.name == unit })?.factor else {
            let advice = Spelling.nearest(to: String(unit), among: units.map(\.name))
            let wanted = advice.map { "did you mean '\(number)\($0)'?" } ?? "write \(known)"
            return .failure(UnitComplaint("unknown unit '\(shortened(String(unit)))'; \(wanted)"))
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow
            ? .failure(UnitComplaint("\(shortened(String(text))) is too large: it leaves 64 bits"))
            : .success(product)
    }

    private var known: String {
        "a number with one of the units " + units.map(\.name).joined(separator: ", ")
    }
}

/// The sentence about a quantity that could not be read.
struct UnitComplaint: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
}

extension UnitTable {
    static let bytes = UnitTable(
        noun: "a size",
        units: [
            ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
        ],
        examples: { ByteCount(rawValue: $0).examples })

    /// In milliseconds.
    static let time = UnitTable(
        noun: "a time", units: [("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000)],
        examples: { "\($0)s or \($0)min" })
}

extension ByteCount {
    /// The size written out in bytes and, where it is another word, in its largest unit.
    fileprivate var examples: String {
        let bytes = "\(rawValue)B"
        return description == bytes ? bytes : "\(bytes) or \(self)"
    }
}

extension Value {
    /// Reads a size in bytes: `2MiB`.
    func byteCount() -> ByteCount? {
        quantity(.bytes, "a size like 2MiB").map(ByteCount.init(rawValue:))
    }

    /// Reads a time that is not zero and at most a week: `90s`.
    func duration() -> Duration? {
        guard let milliseconds = quantity(.time, "a time like 90s") else { return nil }
        guard (1...604_800_000).contains(milliseconds) else {
            return complain("a time from 1ms to 168h is wanted here", as: Duration.self)
        }
        return .milliseconds(milliseconds)
    }

    private func quantity(_ table: UnitTable, _ wanted: String) -> UInt64? {
        guard let text = text(wanted) else { return nil }
        switch table.read(text) {
        case .success(let number): return number
        case .failure(let complaint): return complain(complaint.sentence, as: UInt64.self)
        }
    }
}

extension Duration {
    /// Reads a time as labs have it: `90s`; nothing when it is none.
    package init?(written text: String) {
        guard case .success(let milliseconds) = UnitTable.time.read(text),
            (1...604_800_000).contains(milliseconds)
        else { return nil }
        self = .milliseconds(milliseconds)
    }
}
