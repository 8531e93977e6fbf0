// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension KernelDesign {
    /// DMA and ID: nobody assigns anything, and a host driver arms its own vectors.
    static func hostDriver(translated: Bool) -> KernelDesign {
        KernelDesign(
            interface: .hostDriver, doorbells: translated ? .cookie : .unmapped,
            safety: .ofGroup, unplaceable: .refused(.noSpace))
    }
}
