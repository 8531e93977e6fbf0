// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// As many vectors as MSI-X can have (PCI 3.0, 6.8.2.3).
private let mostVectors: UInt32 = 2048

/// `VFIO_IRQ_SET_*` (vfio.h, 6.1).
enum IRQSet {
    static let dataNone: UInt32 = 1
    static let dataEventFD: UInt32 = 4
    static let actionUnmask: UInt32 = 16
    static let actionTrigger: UInt32 = 32
}

extension Agent {
    func interruptInfo(_ request: GetInterruptInfo) throws(Trouble) -> InterruptInfo {
        try interruptInfo(try device(request.device), request.interrupt.rawValue)
    }

    func interruptInfo(_ held: HeldDevice, _ index: UInt32) throws(Trouble) -> InterruptInfo {
        var info = vfio_irq_info()
        info.argsz = UInt32(MemoryLayout<vfio_irq_info>.size)
        info.index = index
        _ = try log.make(.deviceGetIRQInfo, UInt64(index)) {
            Int(board_ioctl(held.descriptor, board_get_irq_info(), &info))
        }
        return InterruptInfo(index: index, flags: info.flags, count: info.count)
    }

    func enable(_ request: EnableInterrupts) throws(Trouble) -> EnabledInterrupts {
        let held = try device(request.device)
        guard request.count <= mostVectors else {
            throw .refused(.beyondLimit(number: UInt64(request.count), limit: UInt64(mostVectors)))
        }
        let vectors = ArmedVectors(
            kind: request.interrupt, descriptors: try eventDescriptors(request.count))
        do throws(Trouble) {
            let possible = try arm(held, vectors)
            guard possible == 0 else {
                vectors.close()
                return EnabledInterrupts(possible: UInt32(possible))
            }
        } catch {
            vectors.close()
            throw error
        }
        // Arming again writes the messages again (`vfio_msi_set_vector_signal`, 6.1).
        if let armed = held.armed(request.interrupt) {
            armed.replace(by: vectors)
        } else {
            held.armed.append(vectors)
        }
        makeQueues(held)
        return EnabledInterrupts(possible: nil)
    }

    func disable(_ request: DisableInterrupts) throws(Trouble) -> Done {
        let held = try device(request.device)
        held.stopQueues()
        let flags = IRQSet.dataNone | IRQSet.actionTrigger
        _ = try setIRQs(held, [flags, request.interrupt.rawValue, 0, 0])
        held.armed(request.interrupt)?.close()
        held.armed.removeAll { $0.kind == request.interrupt }
        return Done()
    }

    func counts(_ request: GetCounts) throws(Trouble) -> InterruptCounts {
        let held = try device(request.device)
        guard let vectors = held.armed.last else { return InterruptCounts(totals: []) }
        for index in 0..<vectors.count { vectors.drain(index) }
        return InterruptCounts(totals: vectors.tallies.map { $0.total })
    }

    /// The vectors of a device, of which this one must be armed.
    func armed(_ held: HeldDevice, _ vector: VectorIndex) throws(Trouble) -> ArmedVectors {
        guard let vectors = held.armed.last, vector.rawValue < vectors.count else {
            throw .refused(.wrongState(.notArmed))
        }
        return vectors
    }

    /// Takes what waits at every armed vector of every device.
    func drainEveryVector() {
        for held in devices {
            for vectors in held.armed {
                for index in 0..<vectors.count { vectors.drain(index) }
            }
        }
    }

    /// Lets some time pass, and gives what came at every armed vector of every device.
    func settleEveryVector(for time: Nanoseconds) -> [VectorSignals] {
        board_rest(Int(min(time.rawValue, 900_000_000)))
        var signals: [VectorSignals] = []
        for held in devices {
            for vectors in held.armed {
                for index in 0..<vectors.count {
                    signals.append(
                        VectorSignals(
                            device: held.handle, vector: VectorIndex(rawValue: UInt32(index)),
                            count: vectors.drain(index)))
                }
            }
        }
        return signals
    }

    /// Hands the eventfds over; a positive result is how many vectors are possible, and none is armed.
    private func arm(_ held: HeldDevice, _ vectors: ArmedVectors) throws(Trouble) -> Int {
        var words = [
            IRQSet.dataEventFD | IRQSet.actionTrigger, vectors.kind.rawValue, 0,
            UInt32(vectors.descriptors.count),
        ]
        for descriptor in vectors.descriptors { words.append(UInt32(descriptor)) }
        return try setIRQs(held, words)
    }

    /// `struct vfio_irq_set` behind `argsz`: flags, index, start, count, data.
    func setIRQs(_ held: HeldDevice, _ words: [UInt32]) throws(Trouble) -> Int {
        var set = [UInt32(4 * (words.count + 1))] + words
        return try log.make(.deviceSetIRQs, UInt64(words[1])) {
            let call = { Int(board_ioctl(held.descriptor, board_set_irqs(), &set)) }
            return storm?.watch(call) ?? call()
        }
    }

    private func eventDescriptors(_ count: UInt32) throws(Trouble) -> [Int32] {
        var descriptors: [Int32] = []
        do throws(Trouble) {
            for _ in 0..<count {
                // EFD_CLOEXEC | EFD_NONBLOCK (asm-generic/fcntl.h).
                let flags: Int32 = 0o2_000_000 | 0o4000
                descriptors.append(Int32(try log.make(.eventfd) { Int(eventfd(0, flags)) }))
            }
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
        return descriptors
    }
}

extension HeldDevice {
    func armed(_ kind: InterruptKind) -> ArmedVectors? {
        for vectors in armed where vectors.kind == kind { return vectors }
        return nil
    }
}
