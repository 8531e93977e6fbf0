// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
package import Vocabulary

/// What was concluded from a case, with all that it rests on.
package struct CaseJudgement: Sendable, Hashable, Codable {
    package let verdict: Verdict
    /// Which generation the case was held against, and why that one; nothing in earlier archives
    /// and where no model was asked.
    package let choice: GenerationChoice?
    /// What was simulated instead of observed; then the verdict says nothing of any kernel.
    package let simulation: String?
    /// What every report must show although it decides nothing: exposures, and what is undefined.
    package let remarks: [Finding]
    /// One for each invariant of the catalogue, in its order.
    package let results: [InvariantResult]
    /// What a report shows first.
    package let keyFacts: [DoorbellSighting]
    /// What steps have shown, in sentences; nothing in earlier archives.
    package let proofs: [Proof]
    /// What a foreign program said of each of its tests; nothing where none ran.
    package let tests: [ForeignTest]
    /// The accounts of its steps of traffic.
    package let traffic: [TrafficSighting]
    /// The numbers that a foreign program has stated; nothing in earlier archives.
    package let measures: [MeasureReading]

    package init(
        verdict: Verdict, choice: GenerationChoice? = nil, simulation: String? = nil,
        remarks: [Finding] = [], results: [InvariantResult], keyFacts: [DoorbellSighting],
        proofs: [Proof] = [], tests: [ForeignTest] = [], traffic: [TrafficSighting] = [],
        measures: [MeasureReading] = []
    ) {
        self.verdict = verdict
        self.choice = choice
        self.simulation = simulation
        self.remarks = remarks
        self.results = results
        self.keyFacts = keyFacts
        self.proofs = proofs
        self.tests = tests
        self.traffic = traffic
        self.measures = measures
    }

    /// Whether interrupts came in the case that no device made.
    package var isPartlySynthetic: Bool { proofs.contains { $0.weight == .synthetic } }
}

extension CaseJudgement {
    private enum CodingKeys: String, CodingKey {
        case verdict, choice, simulation, remarks, results, keyFacts, proofs, tests, traffic,
            measures
    }

    /// Reads a judgement; those of earlier archives hold no remarks, proofs, tests, traffic, measures, choice.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        verdict = try container.decode(Verdict.self, forKey: .verdict)
        choice = try container.decodeIfPresent(GenerationChoice.self, forKey: .choice)
        simulation = try container.decodeIfPresent(String.self, forKey: .simulation)
        remarks = try container.decodeIfPresent([Finding].self, forKey: .remarks) ?? []
        results = try container.decode([InvariantResult].self, forKey: .results)
        keyFacts = try container.decode([DoorbellSighting].self, forKey: .keyFacts)
        proofs = try container.decodeIfPresent([Proof].self, forKey: .proofs) ?? []
        tests = try container.decodeIfPresent([ForeignTest].self, forKey: .tests) ?? []
        traffic = try container.decodeIfPresent([TrafficSighting].self, forKey: .traffic) ?? []
        measures = try container.decodeIfPresent([MeasureReading].self, forKey: .measures) ?? []
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
