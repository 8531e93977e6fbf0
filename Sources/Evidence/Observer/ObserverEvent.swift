// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a trace point of QEMU says that SMMU, interrupt controller or device has done
/// (`hw/arm/trace-events`, `hw/intc/trace-events`, QEMU 7.2).
package enum ObserverEvent: Sendable, Hashable, Codable {
    /// The SMMU led a device's access to a page, or let it pass as it was.
    case translated(stream: UInt32, from: IOVA, to: PhysicalAddress)
    /// The SMMU ended an access because the stream has no translation at all.
    case refused(stream: UInt32, address: IOVA)
    /// The SMMU recorded an event, by its name in the specification: `F_TRANSLATION`.
    case recorded(event: String, stream: UInt32)
    /// The kernel told the SMMU that the configuration of these streams has changed.
    case configured(streams: ClosedRange<UInt32>)
    /// The kernel told the SMMU to forget what it knows of these addresses; of all of the address
    /// space where there are none, and of all address spaces where that has no number either.
    case forgot(space: UInt32?, addresses: IOVARange?)
    /// A message reached the ITS.
    case arrived(device: UInt32, data: UInt32)
    /// The kernel made an event of a device an interrupt.
    case eventMapped(device: UInt32, event: UInt32, interrupt: InterruptID)
    /// The kernel took an event of a device back.
    case eventDiscarded(device: UInt32, event: UInt32)
    /// The kernel gave the ITS a table for the events of a device, or took it back.
    case deviceMapped(device: UInt32, isValid: Bool)
    /// The line of an interrupt of a GICv2 changed.
    case line(InterruptID, isHigh: Bool)
    /// A device says that it sends a message: which device is not said, only its kind.
    case sent(by: String)
    /// Something else that is kept and not read.
    case other
}

/// Something that QEMU saw, and how often it came before anything of another kind did.
package struct ObserverRecord: Sendable, Hashable, Codable {
    package let event: ObserverEvent
    /// At least 1.
    package let count: UInt64
    package let line: RawLine

    package init(event: ObserverEvent, count: UInt64, line: RawLine) {
        self.event = event
        self.count = count
        self.line = line
    }
}

/// What QEMU saw between two moments.
package struct ObserverWindow: Sendable, Hashable, Codable {
    /// The trace points that were on: what the others would have said, nobody knows.
    package var points: Set<String> = []
    /// In their order, but for those that are counted together.
    package var records: [ObserverRecord] = []

    package init() {}
}
