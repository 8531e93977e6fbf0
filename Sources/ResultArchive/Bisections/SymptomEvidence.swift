// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Judgement
package import Vocabulary

/// What an answer about the symptom of a regression rests on.
package struct SymptomEvidence: Sendable, Hashable, Codable {
    package let findings: [Finding]
    package let troubles: [KernelTrouble]
    /// Of a symptom that is a number: on both sides of its threshold.
    package let measured: MeasuredSymptom?

    package init(
        findings: [Finding] = [], troubles: [KernelTrouble] = [], measured: MeasuredSymptom? = nil
    ) {
        self.findings = findings
        self.troubles = troubles
        self.measured = measured
    }
}

/// A number that was held against a threshold.
package struct MeasuredSymptom: Sendable, Hashable, Codable {
    package let threshold: MeasureThreshold
    /// The worst that was seen.
    package let value: Measured
    /// Where: board, case, and the place in it.
    package let place: String

    package init(threshold: MeasureThreshold, value: Measured, place: String) {
        self.threshold = threshold
        self.value = value
        self.place = place
    }
}
