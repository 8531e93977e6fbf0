// SPDX-License-Identifier: GPL-3.0-or-later

/// One measured number beside its peer's, and the limit that the comparison must keep.
package struct BenchFigure: Sendable, Hashable {
    /// How ours is held against the peer's, and how far it may go.
    package enum Rule: Sendable, Hashable {
        /// Ours divided by the peer's.
        case ratio(atMost: Double)
        case ratioAtLeast(Double)
        /// Ours minus the peer's, in the figure's unit.
        case difference(atMost: Double)
        /// Ours alone: nothing else does the same.
        case amount(atMost: Double)
    }

    package let name: String
    package let unit: String
    package let ours: Double
    /// Nothing where there is no peer.
    package let peer: Double?
    /// What the peer is: "lspci -F".
    package let peerName: String
    package let rule: Rule

    package init(
        name: String, unit: String, ours: Double, peer: Double?, peerName: String, rule: Rule
    ) {
        self.name = name
        self.unit = unit
        self.ours = ours
        self.peer = peer
        self.peerName = peerName
        self.rule = rule
    }

    /// The number that is held against the limit; without a peer to compare with it is no number.
    package var value: Double {
        switch rule {
        case .ratio, .ratioAtLeast: ours / (peer ?? .nan)
        case .difference: ours - (peer ?? .nan)
        case .amount: ours
        }
    }

    package var limit: Double {
        switch rule {
        case .ratio(let limit), .ratioAtLeast(let limit), .difference(let limit),
            .amount(let limit):
            limit
        }
    }

    /// Whether the limit is kept; what is no number never is.
    package var isWithin: Bool {
        if case .ratioAtLeast = rule { value >= limit } else { value <= limit }
    }
}
