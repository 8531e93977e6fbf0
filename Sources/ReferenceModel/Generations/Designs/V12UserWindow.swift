// SPDX-License-Identifier: GPL-3.0-or-later

extension KernelDesign {
    /// V12, the series v9 to v14 of 2016: user space registers the window, doorbells are counted.
    ///
    /// Safety asks the registered doorbells, all of which must remap (`msi_doorbell_safe`). That the
    /// message is all ones where no page is left is inferred from the code it replaces; without a
    /// window nothing is mapped and the SMMU meets the first message.
    static let userWindow = KernelDesign(
        interface: .typeOne, doorbells: .given, listsRegions: false, safety: .everyController,
        unplaceable: .allOnes, probe: .atZero)
}
