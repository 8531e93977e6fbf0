// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol

/// An NVMe controller with an admin queue and a pair of I/O queues for each further vector, all in
/// memory of the container (NVMe 1.4, 3.1 and 7.6.1).
///
/// The pages in the memory: data, admin submissions, admin completions, then two for each I/O pair.
/// The last page stays free. A vector for which no page is left has no queue.
package final class NVMeController<Window: Registers, Memory: DeviceMemory> {
    let registers: Window
    /// Where the queues lie.
    package let memory: Memory
    private(set) var queues: [NVMeQueue] = []
    /// How far doorbells are apart.
    private let spacing: Int
    /// How long the controller says that it may take to become ready, in milliseconds.
    private let readiness: UInt32
    /// Lets a millisecond pass.
    private let rest: () -> Void

    /// Where data of commands goes.
    var data: UInt64 { memory.address }

    /// Stops the controller, gives it an admin queue, and starts it.
    /// - Throws: `Refusal` of a device that is silent, does not get ready, or has no such pages.
    package init(
        _ registers: Window, _ memory: Memory, rest: @escaping () -> Void
    ) throws(Refusal) {
        try registers.want(0x2000)
        _ = try registers.answering(0x1C)
        guard memory.length >= 16 * NVMeQueue.pageSize,
            memory.address & UInt64(NVMeQueue.pageSize - 1) == 0
        else { throw .wrongState(.noWorkspace) }
        // CAP: timeout in bits 24 to 31, doorbell stride in 32 to 35, smallest page in 48 to 51.
        let high = registers.load(4)
        guard high >> 16 & 0xF == 0 else { throw .unexpectedRegister(register: 4, found: high) }
        spacing = 4 << Int(high & 0xF)
        readiness = max(1, registers.load(0) >> 24) * 500
        self.registers = registers
        self.memory = memory
        self.rest = rest
        queues = [NVMeQueue(number: 0, submissions: NVMeQueue.pageSize, spacing: spacing)]
        try start()
    }

    private func start() throws(Refusal) {
        try stop()
        for page in 0..<3 { clear(page) }
        let admin = memory.address + UInt64(queues[0].submissions)
        registers.store(0x24, (NVMeQueue.depth - 1) << 16 | (NVMeQueue.depth - 1))
        store64(0x28, admin)
        store64(0x30, admin + UInt64(NVMeQueue.pageSize))
        memory.publish()
        // CC: entries of 64 and 16 bytes, pages of 4 KiB, enabled.
        registers.store(0x14, 4 << 20 | 6 << 16 | 1)
        try awaitReady(1)
    }

    /// Stops the controller: from here on it touches no memory and sends nothing.
    package func stop() throws(Refusal) {
        registers.store(0x14, 0)
        try awaitReady(0)
    }

    /// Makes a pair of I/O queues for each vector from 1 on, as far as there is memory.
    /// - Throws: `Refusal` of a controller that does not obey.
    package func makeQueues(vectors: UInt32) throws(Refusal) {
        let room = UInt32(memory.length / NVMeQueue.pageSize - 4) / 2
        let pairs = min(vectors, room + 1)
        guard pairs > 1 else { return }
        try perform(.numberOfQueues(pairs - 1))
        for number in 1..<pairs {
            let queue = NVMeQueue(
                number: number, submissions: (1 + 2 * Int(number)) * NVMeQueue.pageSize,
                spacing: spacing)
            clear(queue.completions / NVMeQueue.pageSize)
            let address = memory.address + UInt64(queue.submissions)
            try perform(.createCompletions(queue, at: address + UInt64(NVMeQueue.pageSize)))
            try perform(.createSubmissions(queue, at: address))
            queues.append(queue)
        }
    }

    /// Carries out a command on the admin queue and awaits its end.
    func perform(_ command: NVMeCommand) throws(Refusal) {
        queues[0].submit(command, memory, registers)
        for _ in 0..<max(readiness, 1000) {
            if let status = queues[0].complete(memory, registers) {
                guard status == 0 else {
                    throw .deviceFailed(command: command.opcode, status: status)
                }
                return
            }
            rest()
        }
        throw .deviceBusy(register: 0x1C)
    }

    func submit(_ command: NVMeCommand, to queue: Int) {
        queues[queue].submit(command, memory, registers)
    }

    func complete(from queue: Int) -> UInt32? { queues[queue].complete(memory, registers) }

    private func awaitReady(_ wanted: UInt32) throws(Refusal) {
        for _ in 0..<readiness {
            let status = try registers.answering(0x1C)
            guard status & 2 == 0 else { throw .unexpectedRegister(register: 0x1C, found: status) }
            if status & 1 == wanted { return }
            rest()
        }
        throw .deviceBusy(register: 0x1C)
    }

    private func store64(_ offset: Int, _ value: UInt64) {
        registers.store(offset, UInt32(truncatingIfNeeded: value))
        registers.store(offset + 4, UInt32(truncatingIfNeeded: value >> 32))
    }

    private func clear(_ page: Int) {
        let start = page * NVMeQueue.pageSize
        for offset in stride(from: start, to: start + NVMeQueue.pageSize, by: 4) {
            memory.store(offset, 0)
        }
    }
}
