// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What was concluded from a case, with all that it rests on.
package struct CaseJudgement: Sendable, Hashable, Codable {
    package let verdict: Verdict
    /// One for each invariant of the catalogue, in its order.
    package let results: [InvariantResult]
    /// What a report shows first.
    package let keyFacts: [DoorbellSighting]

    package init(verdict: Verdict, results: [InvariantResult], keyFacts: [DoorbellSighting]) {
        self.verdict = verdict
        self.results = results
        self.keyFacts = keyFacts
    }
}

/// Where a device's interrupts were seen to go.
package struct DoorbellSighting: Sendable, Hashable, Codable {
    package let device: PCIAddress
    package let vector: VectorIndex
    /// Nothing where no register was read.
    package let message: MSIMessage?
    /// The IOVA of the doorbell's page; nothing where no map event was seen.
    package let iova: IOVA?
    /// The page that the IOVA leads to.
    package let page: PhysicalAddress?

    package init(
        device: PCIAddress, vector: VectorIndex, message: MSIMessage?, iova: IOVA?,
        page: PhysicalAddress?
    ) {
        self.device = device
        self.vector = vector
        self.message = message
        self.iova = iova
        self.page = page
    }
}
