// SPDX-License-Identifier: GPL-3.0-or-later

/// The trace points of QEMU that tell of messages on their way from a device to a processor
/// (`hw/arm/trace-events`, `hw/intc/trace-events`, QEMU 7.2).
package enum TracePoint {
    /// Those that are switched on for a board.
    ///
    /// GICv2m has none of its own: of its messages the SPI tells that the GIC was given.
    static func all(on spec: MachineSpec) -> [String] {
        (spec.hasSMMU ? smmu : []) + (spec.interruptController == .gicV3 ? its : ["gic_set_irq"])
            + devices
    }

    /// How QEMU's monitor is asked for the state of all of them: names with a wild card, for a
    /// QEMU without one of them refuses its exact name.
    static let families = [
        "smmuv3_*", "gicv3_its_*", "gic_set_*", "msix_*", "pci_nvme_irq_*", "e1000e_irq_msi*",
    ]

    /// Whether a trace point may fire for every message: what it says is counted, not listed.
    ///
    /// The order among such lines is lost; their order among all others is kept.
    static func isFrequent(_ line: some Collection<UInt8>) -> Bool {
        frequent.contains { line.starts(with: $0) }
    }

    private static let smmu = [
        "smmuv3_translate_success", "smmuv3_translate_bypass", "smmuv3_translate_abort",
        "smmuv3_translate_disable", "smmuv3_record_event", "smmuv3_cmdq_cfgi_ste",
        "smmuv3_cmdq_cfgi_ste_range", "smmuv3_cmdq_tlbi_nh", "smmuv3_cmdq_tlbi_nh_asid",
        "smmuv3_s1_range_inval",
    ]

    private static let its = [
        "gicv3_its_translation_write", "gicv3_its_cmd_mapd", "gicv3_its_cmd_mapti",
        "gicv3_its_cmd_mapi", "gicv3_its_cmd_discard", "gicv3_its_cmd_int",
        "gicv3_its_cmd_clear", "gicv3_its_cmd_movi",
    ]

    private static let devices = [
        "msix_write_config", "pci_nvme_irq_msix", "e1000e_irq_msi_notify",
        "e1000e_irq_msix_notify_vec",
    ]

    private static let frequent = [
        "smmuv3_translate_", "gicv3_its_translation_write ", "gic_set_irq ", "pci_nvme_irq_msix ",
        "e1000e_irq_msi",
    ].map { Array($0.utf8) }
}
