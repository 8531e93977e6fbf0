// SPDX-License-Identifier: GPL-3.0-or-later

/// What became of one invariant in one case.
package struct InvariantResult: Sendable, Hashable, Codable {
    /// What can become of an invariant.
    package enum State: Sendable, Hashable, Codable {
        /// It held each time it could be looked at.
        case held(observations: Int)
        case broken([Finding])
        /// It applies, but nobody could see whether it holds: this never counts as held.
        case notObserved(reason: String)
        /// Nothing in this case or generation is a matter of it.
        case notApplicable(reason: String)
    }

    package let invariant: InvariantID
    package let state: State

    package init(invariant: InvariantID, state: State) {
        self.invariant = invariant
        self.state = state
    }
}
