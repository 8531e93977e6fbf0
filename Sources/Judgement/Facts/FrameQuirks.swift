// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel

/// Tells frames whose data counts from elsewhere.
///
/// The driver asks the frame's `MSI_IIDR` register, which nothing prints and nobody may read; so
/// the board's name in the device tree must tell. That these names and no others carry those
/// registers is recalled, not read anywhere: an unknown board counts as the architecture says.
enum FrameQuirks {
    static let formByMachine: [String: GICv2m.DataForm] = [
        "apm,xgene-shadowcat": .fromFirst, "apm,xgene-storm": .fromFirst, "brcm,ns2": .fromSPI,
    ]

    static func form(_ machine: [String]) -> GICv2m.DataForm {
        machine.lazy.compactMap { formByMachine[$0] }.first ?? .interruptID
    }
}
