// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Vocabulary

/// An NVMe controller, which sends a message when it has carried out a command.
///
/// Vector 0 belongs to the admin queue, which is asked what the controller is; each other vector to
/// the I/O queue of its number, which reads block 0. Both write into memory of the container, so that
/// a ring needs user mappings and the doorbell's at the same time.
package struct NVMeStimulus<Window: Registers, Memory: DeviceMemory>: Stimulus {
    /// What is written where, for the report.
    package let name: String
    /// How long the device needs quiet before it may be disarmed.
    package let rest = Nanoseconds.zero
    /// How long it must be left alone between two raises.
    package let gap = Nanoseconds.zero
    private let controller: NVMeController<Window, Memory>
    private let queue: Int

    /// Takes the queue of a vector.
    /// - Throws: `Refusal` where there is none, or where the device does not answer.
    package init(
        _ controller: NVMeController<Window, Memory>, vector: VectorIndex
    ) throws(Refusal) {
        let number = Int(vector.rawValue)
        guard number < controller.queues.count else { throw .wrongState(.noQueues) }
        _ = try controller.registers.answering(0x1C)
        self.controller = controller
        queue = number
        name = number == 0 ? "nvme Identify" : "nvme Read, queue \(number)"
    }

    /// A queue that is full of unanswered commands takes no more: that raise is lost.
    package func raise() {
        guard !controller.queues[queue].isFull else { return }
        controller.submit(
            queue == 0 ? .identify(into: controller.data) : .read(into: controller.data),
            to: queue)
    }

    /// Takes the interrupt back.
    package func acknowledge() {
        while controller.complete(from: queue) != nil {}
    }

    /// Asks the device for its status (NVMe 1.4, 3.1.6).
    /// - Throws: `Refusal` of a device that is silent.
    package func checkItAnswers() throws(Refusal) { _ = try controller.registers.answering(0x1C) }
}
