// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

extension BenchFigure {
    /// A row of the table: figure, ours, peer, comparison, limit, and whether it is kept.
    package var row: [String] {
        [
            name, "\(Self.short(ours)) \(unit)",
            peer.map { "\(Self.short($0)) \(unit) (\(peerName))" } ?? "-", comparison,
            "\(bound) \(Self.short(limit))", isWithin ? "within" : "BEYOND",
        ]
    }

    package static let header = ["figure", "ours", "peer", "compared", "limit", ""]

    private var comparison: String {
        switch rule {
        case .ratio, .ratioAtLeast: "\(Self.short(value)) times"
        case .difference: "\(value < 0 ? "" : "+")\(Self.short(value)) \(unit)"
        case .amount: "\(Self.short(value)) \(unit)"
        }
    }

    private var bound: String {
        if case .ratioAtLeast = rule { "at least" } else { "at most" }
    }

    /// Three digits, as far as a number of this size has any behind the point.
    private static func short(_ number: Double) -> String {
        String(format: abs(number) < 100 ? "%.2f" : "%.0f", number)
    }
}

extension BenchFigure: Encodable {
    private enum Key: String, CodingKey {
        case name, unit, ours, peer, peerName, value, comparison, bound, limit, isWithin
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(unit, forKey: .unit)
        try container.encode(ours, forKey: .ours)
        try container.encodeIfPresent(peer, forKey: .peer)
        try container.encode(peerName, forKey: .peerName)
        try container.encode(value, forKey: .value)
        try container.encode(kind, forKey: .comparison)
        try container.encode(bound, forKey: .bound)
        try container.encode(limit, forKey: .limit)
        try container.encode(isWithin, forKey: .isWithin)
    }

    private var kind: String {
        switch rule {
        case .ratio, .ratioAtLeast: "ratio"
        case .difference: "difference"
        case .amount: "amount"
        }
    }
}
