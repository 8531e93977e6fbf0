// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Judgement

/// What shows that the symptom of a regression was there.
package struct SymptomEvidence: Sendable, Hashable, Codable {
    package let findings: [Finding]
    package let troubles: [KernelTrouble]

    package init(findings: [Finding] = [], troubles: [KernelTrouble] = []) {
        self.findings = findings
        self.troubles = troubles
    }
}
