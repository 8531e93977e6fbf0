// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Value {
    /// Reads a size in bytes, in pages of the board, or both: `2MiB`, `1page`, `2MiB + 1page`.
    func extent() -> Extent? {
        guard let text = text("a size like 2MiB or 1page") else { return nil }
        var extent = Extent()
        for part in text.split(separator: "+", omittingEmptySubsequences: false) {
            guard let next = term(part.trimmed) else { return nil }
            guard let sum = extent.adding(next) else {
                return complain("the size is too large: it leaves 64 bits", as: Extent.self)
            }
            extent = sum
        }
        guard extent.bytes > .zero || extent.pages > 0 else {
            return complain("the size is zero; write at least 1B or 1page", as: Extent.self)
        }
        return extent
    }

    /// Reads an IOVA, perhaps some pages up or down: `0x08000000 - 1page`.
    func placement() -> Placement? {
        guard let text = text("an IOVA like 0x08000000 or 0x08000000 - 1page") else { return nil }
        let sign = text.firstIndex { $0 == "+" || $0 == "-" }
        let (before, behind) = (text[..<(sign ?? text.endIndex)].trimmed, sign.map { text[$0...] })
        guard let base: IOVA = Self.address(before) else {
            return complain(
                "'\(shortened(String(before)))' is no IOVA; write 0x and at most 16 hexadecimal "
                    + "digits, and pages behind it if need be: 0x08000000 - 1page",
                as: Placement.self)
        }
        guard let behind else { return Placement(base: base) }
        guard let pages = pages(behind.dropFirst().trimmed) else { return nil }
        return Placement(base: base, pages: behind.hasPrefix("-") ? -pages : pages)
    }

    private func pages(_ text: Substring) -> Int64? {
        guard let distance = term(text) else { return nil }
        guard distance.bytes == .zero, distance.pages <= 1 << 52 else {
            return complain(
                "an IOVA is moved by at most 2^52 whole pages: 0x08000000 - 1page; "
                    + "a distance in bytes belongs into the address itself", as: Int64.self)
        }
        return Int64(distance.pages)
    }

    private func term(_ text: Substring) -> Extent? {
        for unit in ["pages", "page"] where text.hasSuffix(unit) {
            // Why it is no quantity is told by the table below, which knows all units.
            if let quantity = try? Quantity(text), quantity.unit == unit {
                return Extent(pages: quantity.number)
            }
        }
        switch UnitTable.extents.read(text) {
        case .success(let bytes): return Extent(bytes: .bytes(bytes))
        case .failure(let complaint): return complain(complaint.sentence, as: Extent.self)
        }
    }
}

extension UnitTable {
    /// Sizes where pages are allowed too; pages themselves are taken before this table is asked.
    fileprivate static let extents = UnitTable(
        noun: "a size", units: bytes.units,
        examples: { number in
            let page: UInt64 = 4096
            guard number > 0, number % page == 0 else { return bytes.examples(number) }
            let pages = Extent(pages: number / page)
            return bytes.examples(number).replacing(" or ", with: ", ") + " or \(pages)"
        })
}

extension Extent {
    fileprivate func adding(_ other: Extent) -> Extent? {
        let (sum, overflow) = bytes.rawValue.addingReportingOverflow(other.bytes.rawValue)
        let (pageSum, pageOverflow) = pages.addingReportingOverflow(other.pages)
        return overflow || pageOverflow ? nil : Extent(bytes: .bytes(sum), pages: pageSum)
    }
}

extension StringProtocol {
    /// The text without spaces around it.
    fileprivate var trimmed: Substring {
        var text = Substring(self).drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
