// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Arm's MSI frame for a GICv2 (`drivers/irqchip/irq-gic-v2m.c`, 6.12).
package enum GICv2m {
    /// `V2M_MSI_SETSPI_NS`.
    static let setSPIRegister: UInt64 = 0x040
    /// Where the registers of a frame end.
    static let size = ByteCount.kibibytes(4)

    /// How the data of a message names the interrupt.
    package enum DataForm: Sendable, Hashable, Codable {
        /// As the architecture says: the interrupt ID itself.
        case interruptID
        /// APM X-Gene: counted from the frame's first interrupt.
        case fromFirst
        /// Broadcom Northstar 2: counted from the first SPI, which is interrupt 32.
        case fromSPI

        /// Tells the form by the frame's `MSI_IIDR` register.
        package init(identification: UInt32) {
            switch identification {
            case 0x0600_0170: self = .fromFirst
            case 0x0000_013f: self = .fromSPI
            default: self = .interruptID
            }
        }

        /// What is taken off the interrupt ID.
        func offset(_ spis: ClosedRange<InterruptID>) -> UInt32 {
            switch self {
            case .interruptID: 0
            case .fromFirst: spis.lowerBound.rawValue
            case .fromSPI: min(32, spis.lowerBound.rawValue)
            }
        }

        func interrupt(of data: UInt32, _ spis: ClosedRange<InterruptID>) -> InterruptID? {
            let (sum, overflow) = data.addingReportingOverflow(offset(spis))
            let interrupt = InterruptID(rawValue: sum)
            return !overflow && spis.contains(interrupt) ? interrupt : nil
        }
    }

    /// The bases that a block of interrupts may have: aligned on the interrupt ID itself.
    ///
    /// The driver aligns with a mask of the count less one, which for a count that is no power of
    /// two is no alignment (6.1, 6.12); what is said here is what the device needs.
    static func bases(
        _ spis: ClosedRange<InterruptID>, _ context: VectorContext
    ) -> DataRun? {
        let step = context.alignment
        let first = spis.lowerBound.rawValue
        let (rounded, overflow) = first.addingReportingOverflow(step - 1)
        guard !overflow else { return nil }
        let (last, below) = spis.upperBound.rawValue.subtractingReportingOverflow(context.block - 1)
        return below ? nil : DataRun(first: rounded & ~(step - 1), last: last, step: step)
    }

    static func data(
        _ spis: ClosedRange<InterruptID>, _ form: DataForm, _ context: VectorContext
    ) -> VectorData {
        let offset = form.offset(spis)
        if let interrupt = context.interrupt, interrupt.rawValue >= offset {
            return .exactly(interrupt.rawValue - offset)
        }
        return .within(bases(spis, context).map { [$0.moved(down: offset)] } ?? [])
    }
}
