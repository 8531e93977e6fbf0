// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// What came of an access of a device to the bus.
    enum BusAnswer: Equatable {
        /// It reached memory, or a register that keeps nothing.
        case done(read: UInt32)
        /// The SMMU refused it.
        case fault
    }

    /// The function raises a vector; nothing leaves it where it may not be bus master.
    func raise(_ function: PCIFunction, _ vector: UInt32) {
        guard let message = message(of: function, vector) else { return }
        if isMasked(function, vector) {
            function.registers.pending.insert(vector)
        } else if function.registers.isBusMaster {
            _ = write(message.data, to: message.address.rawValue, by: function)
        }
    }

    /// What the function's own registers say that it sends for a vector.
    func message(of function: PCIFunction, _ vector: UInt32) -> MSIMessage? {
        if function.kind == .msix {
            let entries = function.registers.entries
            return entries.indices.contains(Int(vector)) ? entries[Int(vector)].message : nil
        }
        guard let first = function.registers.msiMessage else { return nil }
        return MSIMessage(address: first.address, data: first.data &+ vector)
    }

    private func isMasked(_ function: PCIFunction, _ vector: UInt32) -> Bool {
        function.kind == .msix
            ? function.registers.entries[Int(vector)].isMasked
            : function.maskedMSI.contains(vector)
    }

    /// Sets or clears a mask bit; a vector that waits is sent as the bit falls.
    func setMask(_ function: PCIFunction, _ vector: UInt32, _ isMasked: Bool) {
        if function.kind == .msix {
            function.registers.setMask(vector, isMasked)
        } else if isMasked {
            function.maskedMSI.insert(vector)
        } else {
            function.maskedMSI.remove(vector)
        }
        guard !isMasked, function.registers.pending.remove(vector) != nil else { return }
        raise(function, vector)
        if mutant == .m27 { raise(function, vector) }
    }

    /// Writes four bytes as a device does.
    func write(_ value: UInt32, to address: UInt64, by function: PCIFunction) -> BusAnswer {
        guard let place = translate(address, .write, by: function) else { return .fault }
        if let interrupt = interrupt(rungBy: value, at: place, by: function) {
            deliver(interrupt)
        } else if !isRegister(place) {
            memory.setWord(at: place, value)
        }
        return .done(read: 0)
    }

    /// Reads four bytes as a device does; a doorbell's register reads as zero.
    func read(from address: UInt64, by function: PCIFunction) -> BusAnswer {
        guard let place = translate(address, .read, by: function) else { return .fault }
        return .done(read: isRegister(place) ? 0 : memory.word(at: place))
    }

    private func translate(
        _ address: UInt64, _ access: PageTable.Access, by function: PCIFunction
    ) -> PhysicalAddress? {
        let raw = PhysicalAddress(rawValue: address)
        guard let domain = function.group.domain else { return raw }
        if isBypassed(raw) { return raw }
        switch domain.kind {
        case .identity: return raw
        case .blocked: break
        case .paging:
            let smmu = board.smmus[function.description.smmu]
            if let leaf = domain.table.leaf(at: IOVA(rawValue: address)),
                leaf.access.contains(access) || smmu.stage == 1
            {
                return domain.table.translate(IOVA(rawValue: address))
            }
        }
        printFault(address, access, by: function)
        return nil
    }

    /// What the SMMU's driver prints (`arm_smmu_evtq_thread`, `arm_smmu_context_fault`, 6.1).
    private func printFault(
        _ address: UInt64, _ access: PageTable.Access, by function: PCIFunction
    ) {
        clock.pass(microseconds: 3)
        guard log.admitsFault(at: clock) else { return }
        let smmu = board.smmus[function.description.smmu]
        let requester = UInt64(function.description.requester)
        let place = Hexadecimal.prefixed(address, width: 8)
        guard smmu.architecture == .three else {
            log.print(
                "\(smmu.deviceName): Unhandled context fault: fsr=0x402, iova=\(place), "
                    + "fsynr=\(access == .read ? "0x1" : "0x11"), "
                    + "cbfrsynra=\(Hexadecimal.prefixed(requester)), cb=0", level: 3, at: clock)
            return
        }
        log.print("\(smmu.deviceName): event 0x10 received:", at: clock)
        let words = [requester << 32 | 0x10, access == .read ? 1 << 35 : 0, address, 0]
        for word in words {
            log.print("\(smmu.deviceName): \t\(Hexadecimal.prefixed(word, width: 16))", at: clock)
        }
    }

    private func isRegister(_ place: PhysicalAddress) -> Bool {
        board.controllers.contains { controller in
            let distance = place.rawValue &- controller.base.rawValue
            switch controller.kind {
            case .frame: return distance < 0x1000
            case .mbi: return distance < 0x1_0000
            case .its: return distance < 0x2_0000
            case .preITS(let window):
                return distance < 0x2_0000 || place.rawValue &- window.rawValue < 0x4_0000
            }
        }
    }

    /// The interrupt that a write to a controller's register raises.
    private func interrupt(
        rungBy value: UInt32, at place: PhysicalAddress, by function: PCIFunction
    ) -> LinuxInterrupt? {
        for (index, controller) in board.controllers.enumerated() {
            var requester: UInt16?
            switch controller.kind {
            case .frame, .mbi:
                guard place == controllers.register(index) else { continue }
            case .its:
                guard place == controllers.register(index) else { continue }
                requester = function.description.requester
            case .preITS(let window):
                let distance = place.rawValue &- window.rawValue
                guard distance < 0x4_0000 else { continue }
                requester = UInt16(truncatingIfNeeded: distance >> 2)
            }
            return interrupts.values.first {
                $0.ticket.controller == index && $0.ticket.event == value
                    && $0.ticket.requester == requester
            }
        }
        return nil
    }

    /// The GIC interrupts a processor, Linux counts and signals.
    private func deliver(_ interrupt: LinuxInterrupt) {
        defer { interrupt.hasMoved = false }
        if mutant == .m26, interrupt.hasMoved { return }
        interrupt.counts[interrupt.processor] += 1
        // A full eventfd stays full (`eventfd_signal`, 6.1).
        if let signals = interrupt.signals {
            interrupt.signals = signals == .max ? .max : signals + 1
        }
    }
}
