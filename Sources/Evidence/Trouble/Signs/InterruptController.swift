// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleSign {
    /// Reads how GIC, ITS and GICv2m fail, and interrupts that nobody takes.
    ///
    /// From `drivers/irqchip/irq-gic*.c` and `kernel/irq/spurious.c`, 6.12. What sound boards say
    /// in every boot, such as tables made smaller or secure PPIs, is no trouble.
    @Sendable static func interruptController(_ message: MessageBytes) -> TroubleSign? {
        if let end = message.end(of: "ITS@0x"), let words = message.end(of: ": ", from: end) {
            guard itsErrors.contains(where: { message.end(of: $0, from: words) != nil }) else {
                return nil
            }
            return TroubleSign(
                .interruptController, "ITS: " + TroubleTitle.plain(message.text(from: words)))
        }
        if message.end(of: "ITS cmd ") != nil, message.holds(" failed") {
            let end = message.end(of: "ITS cmd ") ?? 0
            return TroubleSign(
                .interruptController, "ITS: \(message.text(from: end, to: " ")) failed")
        }
        if message.end(ofWord: "irq ") != nil, message.holds(": nobody cared") {
            return TroubleSign(.interruptController, "irq: nobody cared", isTraced: true)
        }
        return errors.first(where: message.holds).map {
            TroubleSign(.interruptController, "\($0)")
        }
    }

    private static let itsErrors: [StaticString] = [
        "failed", "Failed", "doesn't stick", "Unable to", "giving up", "No ITSList entry",
        "Duplicate ITSList entry",
    ]
    private static let errors: [StaticString] = [
        "ITS queue timeout", "ITS queue not draining", "ITS virtual pending table not cleaning",
        "ITS: no 52bit PA support", "ITS: Can't allocate GICv4 proxy device",
        "Booted with LPIs enabled, memory probably corrupted", "Timeout while disabling LPIs",
        "Failed to disable LPIs", "Failed to allocate PROPBASE", "Failed to allocate PENDBASE",
        "GICv3: RWP timeout", "GICv3: redistributor failed to", "GICv3: Unable to map",
        "GICv3: No distributor detected", "GICv3: Couldn't map GICR region",
        "GIC: unable to set SRE", "GIC CPU mask not found", "GICv2m: Failed to",
        "GICv2m: Invalid MSI base SPI", "GICv2m: Number of SPIs", "GICv2m: Unable to",
    ]
}
