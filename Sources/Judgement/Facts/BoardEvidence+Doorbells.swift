// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel

extension BoardEvidence {
    /// The doorbells that the kernel set up, as firmware and the boot log tell of them.
    /// - Throws: `ModelError.factMissing` where neither tells of any, or of a frame's interrupts.
    package func toldDoorbells() throws(ModelError) -> [Doorbell] {
        try DoorbellFacts.gather(self, devices: []).controllers.flatMap(\.doorbells)
    }
}
