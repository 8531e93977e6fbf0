// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import Vocabulary

/// What is looked for in a regression; all else that is wrong with a kernel is no answer.
package enum Symptom: Sendable, Hashable {
    /// Any finding.
    case anyFinding
    /// One of these invariants is broken.
    case invariants([InvariantID])
    /// An invariant is broken in the way that an earlier run has shown.
    case shapes([FindingShape])
    /// The kernel tells of a trouble on its console whose title has these words.
    case trouble(String)
    /// Something that is measured is past a threshold.
    case measure(MeasureThreshold)
}

/// A finding without what differs from board to board.
package struct FindingShape: Sendable, Hashable, Codable {
    package let invariant: InvariantID
    /// The kind of the device that it is about, as suites call it: `edu`; nothing where it is about
    /// none.
    package let device: String?

    package init(invariant: InvariantID, device: String?) {
        self.invariant = invariant
        self.device = device
    }
}

extension Symptom: CustomStringConvertible {
    package var description: String {
        switch self {
        case .anyFinding: "any finding"
        case .invariants(let all): all.map(\.text).joined(separator: " or ")
        case .shapes(let shapes):
            shapes.map { shape in
                shape.invariant.text + (shape.device.map { " on an \($0)" } ?? "")
            }.joined(separator: " or ")
        case .trouble(let words): "a trouble of the kernel with '\(words)' in its title"
        case .measure(let threshold): "\(threshold)"
        }
    }
}
