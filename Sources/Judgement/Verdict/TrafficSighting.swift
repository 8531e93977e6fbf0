// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence

/// The account of one step of traffic, for reports.
package struct TrafficSighting: Sendable, Hashable, Codable {
    /// The step's place in the case, from 0.
    package let step: Int
    package let account: TrafficRecord

    package init(step: Int, account: TrafficRecord) {
        self.step = step
        self.account = account
    }
}

extension JudgedCase {
    /// The accounts of all steps of traffic.
    var traffic: [TrafficSighting] {
        steps.compactMap { step in
            step.record.traffic.map { TrafficSighting(step: step.record.index, account: $0) }
        }
    }
}
