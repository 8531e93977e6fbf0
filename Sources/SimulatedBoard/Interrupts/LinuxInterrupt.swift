// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// One interrupt as Linux has it while it is allocated.
final class LinuxInterrupt {
    let number: Int
    let function: PCIFunction
    let vector: UInt32
    let kind: InterruptKind
    /// What the controller calls it, and where it is rung.
    let ticket: MSITicket
    var counts: [UInt64]
    private(set) var processor = 0
    /// M26: whether it was moved since it last came.
    var hasMoved = false
    /// What `/proc/interrupts` says of its user.
    var action: String
    /// Where its doorbell is mapped; nothing where its message is not translated.
    var cookie: MSICookie?
    /// The eventfd behind it; nothing where a host driver has it.
    var signals: UInt64?

    init(
        number: Int, function: PCIFunction, vector: UInt32, kind: InterruptKind, ticket: MSITicket,
        processors: Int, action: String
    ) {
        self.number = number
        self.function = function
        self.vector = vector
        self.kind = kind
        self.ticket = ticket
        self.action = action
        counts = [UInt64](repeating: 0, count: processors)
    }

    /// Lets it interrupt another processor from now on.
    func move(to processor: Int) {
        hasMoved = self.processor != processor
        self.processor = processor
    }
}

/// What an MSI controller hands out for a vector.
struct MSITicket: Hashable {
    /// Which controller of the board.
    let controller: Int
    /// The SPI, or the event of the device.
    let event: UInt32
    /// The register that rings it.
    let register: PhysicalAddress
    /// What is written there.
    let data: UInt32
    /// The requester ID that has to come with the write, where the controller looks at it.
    let requester: UInt16?
}
