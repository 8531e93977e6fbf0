// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// What a driver gets that asks for vectors.
    enum Allocation: Equatable {
        case done
        /// So many are possible, and none is allocated.
        case possible(UInt32)
        case failed(KernelErrno)
    }

    /// `pci_alloc_irq_vectors(1, n)` as VFIO uses it: fewer than `n` are given back at once.
    func allocateVectors(
        _ function: PCIFunction, _ kind: InterruptKind, _ count: UInt32,
        forUser: Bool, action: (UInt32) -> String
    ) -> Allocation {
        var wanted = count
        while true {
            switch tryVectors(function, kind, wanted) {
            case .tickets(let pairs):
                guard wanted == count else {
                    for (ticket, _) in pairs { controllers.release(ticket) }
                    return .possible(wanted)
                }
                install(pairs, on: function, kind, forUser: forUser, action: action)
                return .done
            case .fewer(let possible): wanted = possible
            case .failed(let errno): return .failed(errno)
            }
        }
    }

    private enum Attempt {
        case tickets([(MSITicket, MessageAddress)])
        case fewer(UInt32)
        case failed(KernelErrno)
    }

    /// MSI-X allocates vector by vector, MSI all in one piece (`msi_domain_alloc_irqs`, 6.1).
    private func tryVectors(
        _ function: PCIFunction, _ kind: InterruptKind, _ count: UInt32
    ) -> Attempt {
        controllers.prepare(function, vectors: count, sharers: sharers(of: function))
        var pairs: [(MSITicket, MessageAddress)] = []
        let piece = kind == .msi ? count : 1
        while pairs.count < Int(count) {
            guard let tickets = controllers.take(piece, for: function) else {
                return giveUp(pairs, kind, count)
            }
            // What the controller had given out is not taken back (`gicv2m_irq_domain_alloc`,
            // `its_irq_domain_alloc`, 6.12): the vectors leak.
            guard let address = messageAddress(tickets[0], function) else {
                return giveUp(pairs, kind, count)
            }
            pairs += tickets.map { ($0, address) }
        }
        return .tickets(pairs)
    }

    /// Functions whose messages carry the same DevID to the same controller.
    private func sharers(of function: PCIFunction) -> [PCIFunction] {
        functions.filter {
            $0.description.requester == function.description.requester
                && $0.description.controller == function.description.controller
        }
    }

    /// `msi_handle_pci_fail`: MSI-X says how far it came, MSI of several vectors offers one.
    private func giveUp(
        _ pairs: [(MSITicket, MessageAddress)], _ kind: InterruptKind, _ count: UInt32
    ) -> Attempt {
        for (ticket, _) in pairs { controllers.release(ticket) }
        if kind == .msi { return count > 1 ? .fewer(1) : .failed(.noSpace) }
        return pairs.isEmpty ? .failed(.noSpace) : .fewer(UInt32(pairs.count))
    }

    /// The address for a message; nothing where the doorbell cannot be mapped and the kernel can
    /// still say so.
    private func messageAddress(
        _ ticket: MSITicket, _ function: PCIFunction
    ) -> MessageAddress? {
        switch mapDoorbell(crossed(ticket), for: function) {
        case .address(let address): return address
        case .failed where traits.mapsWhileComposing:
            if mutant != .m20 {
                warn(at: "drivers/iommu/dma-iommu.c:955 iommu_dma_map_msi_msg+0x1b4/0x1f8")
            }
            return Self.allOnes
        case .failed: return mutant == .m20 ? Self.allOnes : nil
        }
    }

    /// M11: the page of another frame than the one whose SPI it is.
    private func crossed(_ ticket: MSITicket) -> MSITicket {
        guard mutant == .m11 else { return ticket }
        let other = (ticket.controller + 1) % board.controllers.count
        return MSITicket(
            controller: other, event: ticket.event, register: controllers.register(other),
            data: ticket.data, requester: ticket.requester)
    }

    static let allOnes = MessageAddress(rawValue: .max)

    private func install(
        _ pairs: [(MSITicket, MessageAddress)], on function: PCIFunction, _ kind: InterruptKind,
        forUser: Bool, action: (UInt32) -> String
    ) {
        function.kind = kind
        for (vector, pair) in pairs.enumerated() {
            let interrupt = LinuxInterrupt(
                number: freeNumber(), function: function, vector: UInt32(vector), kind: kind,
                ticket: pair.0, processors: Self.processors, action: action(UInt32(vector)))
            interrupt.signals = forUser ? 0 : nil
            // One message, one user, however many vectors an MSI capability has.
            if kind == .msix || vector == 0 { interrupt.cookie = function.group.domain?.cookie }
            interrupts[interrupt.number] = interrupt
            function.interrupts.append(interrupt)
            let message = MSIMessage(
                address: pair.1, data: pair.1 == Self.allOnes ? .max : pair.0.data)
            if kind == .msix {
                function.registers.setEntry(
                    UInt32(vector), PCIRegisters.Entry(message: message, isMasked: false))
            } else if vector == 0 {
                function.registers.enableMSI(message, vectors: UInt32(pairs.count))
            }
        }
        if kind == .msix { function.registers.enableMSIX(true) }
    }

    /// Linux numbers interrupts from the lowest that is free.
    private func freeNumber() -> Int {
        var number = 30
        while interrupts[number] != nil { number += 1 }
        return number
    }

    /// `pci_free_irq_vectors()`: registers are cleared, the controller gets its vectors back.
    func freeVectors(_ function: PCIFunction) {
        for interrupt in function.interrupts {
            leaveDoorbell(of: interrupt, function)
            controllers.release(interrupt.ticket)
            interrupts[interrupt.number] = nil
        }
        if function.kind == .msix { function.registers.enableMSIX(false) }
        if function.kind == .msi { function.registers.disableMSI() }
        function.interrupts = []
        function.kind = nil
    }

    /// Series v12 counts the users of a doorbell and unmaps it after the last.
    ///
    /// That is `iommu_msi_put_doorbell_iova`; no other generation ever does, but M6.
    private func leaveDoorbell(of interrupt: LinuxInterrupt, _ function: PCIFunction) {
        guard traits.generation == .userWindow || mutant == .m6,
            let domain = function.group.domain, let cookie = interrupt.cookie,
            cookie === domain.cookie
        else { return }
        let page = interrupt.ticket.register.page(of: cookie.granule)
        guard let place = cookie.pages.firstIndex(where: { $0.page == page }) else { return }
        cookie.pages[place].users -= 1
        guard cookie.pages[place].users == 0 || mutant == .m6 else { return }
        let iova = cookie.pages[place].iova
        unmap(domain, iova, cookie.granule.bytes)
        release(iova, in: cookie)
        cookie.pages.remove(at: place)
    }

    private func release(_ iova: IOVA, in cookie: MSICookie) {
        guard case .topDown(var space) = cookie.allocator,
            let range = IOVARange(first: iova, size: cookie.granule.bytes)
        else { return }
        space.release(range)
        cookie.allocator = .topDown(space)
    }
}
