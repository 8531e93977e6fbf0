// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

/// VFIO's own signal, as a stimulus: no register of the device is touched.
private struct VFIOTrigger: Stimulus {
    let name = "VFIO_IRQ_SET_ACTION_TRIGGER"
    let rest = Nanoseconds.zero
    let gap = Nanoseconds.zero
    private let descriptor: Int32
    private var words: [UInt32]

    init(_ held: HeldDevice, _ kind: InterruptKind, _ vector: VectorIndex) {
        descriptor = held.descriptor
        words = [
            20, IRQSet.dataNone | IRQSet.actionTrigger, kind.rawValue, vector.rawValue, 1,
        ]
    }

    mutating func raise() { _ = board_ioctl(descriptor, board_set_irqs(), &words) }
    func acknowledge() {}
    /// The signal is the kernel's own, whatever the device does.
    func checkItAnswers() throws(Refusal) {}
}

extension Agent {
    /// Lets VFIO signal a vector; the first time by itself, so that a refusal is told with its errno.
    func loopback(_ request: TriggerLoopback) throws(Trouble) -> RingResult {
        let held = try device(request.device)
        let vectors = try armed(held, request.vector)
        guard request.count > 0 else { throw .refused(.beyondLimit(number: 0, limit: 1)) }
        let ring = Ring(
            device: request.device, vector: request.vector, count: request.count,
            timeout: request.timeout)
        var trigger = VFIOTrigger(held, vectors.kind, request.vector)
        // One that is not counted: its errno is the kernel's answer to all.
        _ = try setIRQs(
            held,
            [
                IRQSet.dataNone | IRQSet.actionTrigger, vectors.kind.rawValue,
                request.vector.rawValue, 1,
            ])
        vectors.drain(Int(request.vector.rawValue))
        var loop = RingLoop(request: ring, device: held, vectors: vectors, endSignals: endSignals)
        return loop.run(&trigger)
    }
}
