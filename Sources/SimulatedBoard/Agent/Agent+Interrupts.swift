// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    func arm(_ name: DeviceName, _ kind: InterruptKind, _ vectors: UInt32) throws(Obstacle) {
        let function = try device(name)
        guard vectors <= 2048 else { throw Obstacle(reason: "MSI-X has no more than 2048 vectors") }
        guard function.kind != kind else {
            throw Obstacle(reason: "device '\(name)' is armed already")
        }
        for _ in 0..<vectors { call("eventfd2", result: freshDescriptor()) }
        let began = kernel.clock.now
        switch kernel.enableInterrupts(function, kind, vectors) {
        case .done: note("VFIO_DEVICE_SET_IRQS", 0, .none, since: began)
        case .possible(let count):
            note("VFIO_DEVICE_SET_IRQS", Int64(count), .none, since: began)
        case .failed(let errno): note("VFIO_DEVICE_SET_IRQS", -1, errno, since: began)
        }
    }

    func disarm(_ name: DeviceName) throws(Obstacle) {
        let function = try armedDevice(name)
        call("VFIO_DEVICE_SET_IRQS") {
            kernel.freeVectors(function)
            return .none
        }
    }

    private func armedDevice(_ name: DeviceName) throws(Obstacle) -> PCIFunction {
        let function = try device(name)
        guard function.kind != nil else {
            throw Obstacle(reason: "device '\(name)' has no armed vectors")
        }
        return function
    }

    private func interrupt(
        _ name: DeviceName, _ vector: UInt32
    ) throws(Obstacle) -> (PCIFunction, LinuxInterrupt) {
        let function = try armedDevice(name)
        guard function.interrupts.indices.contains(Int(vector)) else {
            throw Obstacle(reason: "vector \(vector) of device '\(name)' is not armed")
        }
        return (function, function.interrupts[Int(vector)])
    }

    /// Each raise is awaited on the eventfd.
    func ring(_ name: DeviceName, _ vector: UInt32, _ count: UInt32) throws(Obstacle) {
        let (function, interrupt) = try interrupt(name, vector)
        call("pread64", result: 2)
        letMaster(function)
        call("pwrite64", result: 2)
        let began = kernel.clock.now
        let before = interrupt.signals ?? 0
        for _ in 0..<count { kernel.raise(function, vector) }
        kernel.clock.pass(microseconds: 5 * UInt64(count))
        finish(interrupt, function, raised: count, before: before, began: began)
    }

    private func finish(
        _ interrupt: LinuxInterrupt, _ function: PCIFunction, raised: UInt32, before: UInt64,
        began: BoardInstant
    ) {
        let came = (interrupt.signals ?? 0) - before
        record.ringing = RingRecord(
            device: function.address, vector: VectorIndex(rawValue: interrupt.vector),
            raised: UInt64(raised), arrived: min(came, UInt64(raised)),
            spurious: came - min(came, UInt64(raised)), medianLatency: came == 0 ? 0 : 4000,
            worstLatency: came == 0 ? 0 : 5000,
            elapsed: kernel.clock.now.rawValue - began.rawValue, began: began,
            ended: kernel.clock.now)
    }

    /// VFIO signals the eventfd itself: nothing leaves the device.
    func loopBack(_ name: DeviceName, _ vector: UInt32, _ count: UInt32) throws(Obstacle) {
        let (function, interrupt) = try interrupt(name, vector)
        let began = kernel.clock.now
        let before = interrupt.signals ?? 0
        for _ in 0..<count {
            call("VFIO_DEVICE_SET_IRQS") {
                interrupt.signals = (interrupt.signals ?? 0) + 1
                if kernel.mutant == .m19 { interrupt.counts[interrupt.processor] += 1 }
                return .none
            }
        }
        finish(interrupt, function, raised: count, before: before, began: began)
    }

    func mask(_ name: DeviceName, _ vector: UInt32, _ masked: Bool) throws(Obstacle) {
        let (function, interrupt) = try interrupt(name, vector)
        guard interrupt.kind == .msix || function.description.canMaskMSI else {
            throw Obstacle(reason: "device '\(name)' has no mask bits for \(interrupt.kind.name)")
        }
        call("pwrite64", result: 4)
        kernel.setMask(function, vector, masked)
    }

    func steer(_ name: DeviceName, _ vector: UInt32, to processor: UInt32) throws(Obstacle) {
        let (_, interrupt) = try interrupt(name, vector)
        let isThere = processor < UInt32(Kernel.processors)
        call("open", result: freshDescriptor())
        call("write", result: 2) {
            if isThere { interrupt.move(to: Int(processor)) }
            return isThere ? .none : .invalid
        }
        call("close")
    }

    /// A device masters the bus when it is made to act, unless a case forbade it.
    func letMaster(_ function: PCIFunction) {
        if !function.isHeldBack { function.registers.isBusMaster = true }
    }

    func setBusMaster(_ name: DeviceName, _ enabled: Bool) throws(Obstacle) {
        let function = try device(name)
        call("pread64", result: 2)
        function.isHeldBack = !enabled
        function.registers.isBusMaster = enabled
        call("pwrite64", result: 2)
    }

    func reset(_ name: DeviceName) throws(Obstacle) {
        let function = try device(name)
        call("VFIO_DEVICE_RESET") {
            kernel.reset(function)
            return .none
        }
    }

    func disturb(_ name: DeviceName) throws(Obstacle) {
        let function = try device(name)
        kernel.disturb(function)
    }
}
