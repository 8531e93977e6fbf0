// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Stimuli
import Testing
import Vocabulary

/// An NVMe controller's queues, beside a controller that obeys them.
@Suite struct NVMeTests {
    private let memory = PretendMemory(address: 0x1000_0000, length: 1 << 16)

    @Test func theAdminQueueLiesInTheMemoryThatWasGiven() throws {
        let device = PretendNVMe(memory)
        _ = try NVMeController(device.registers, memory) {}
        #expect(device.admin.submissions == 0x1000_1000)
        #expect(device.admin.completions == 0x1000_2000)
        #expect(device.registers.writes.contains { $0.offset == 0x24 && $0.value == 0x3F_003F })
    }

    @Test func eachVectorGetsItsOwnQueueAndOneCommandForEachRaise() throws {
        let device = PretendNVMe(memory)
        let controller = try NVMeController(device.registers, memory) {}
        try controller.makeQueues(vectors: 3)
        #expect(device.queues.keys.sorted() == [0, 1, 2])
        #expect(device.queues[2]?.vector == 2)
        for vector in 0..<3 as Range<UInt32> {
            let stimulus = try NVMeStimulus(controller, vector: VectorIndex(rawValue: vector))
            let before = device.carriedOut[Int(vector), default: 0]
            // Further than once around the queue, so that the phase turns.
            for _ in 0..<200 {
                stimulus.raise()
                stimulus.acknowledge()
            }
            #expect(device.carriedOut[Int(vector), default: 0] - before == 200)
        }
    }

    @Test func commandsThatNothingAnswersNeverOverrunTheQueue() throws {
        let device = PretendNVMe(memory)
        let controller = try NVMeController(device.registers, memory) {}
        device.isDead = true
        let stimulus = try NVMeStimulus(controller, vector: VectorIndex(rawValue: 0))
        device.registers.forget()
        for _ in 0..<200 { stimulus.raise() }
        #expect(device.registers.writes.count == 63)
    }

    @Test func vectorsWithoutMemoryHaveNoQueue() throws {
        let device = PretendNVMe(memory)
        let controller = try NVMeController(device.registers, memory) {}
        try controller.makeQueues(vectors: 64)
        #expect(device.queues.count == 7)
        #expect(throws: Refusal.wrongState(.noQueues)) {
            _ = try NVMeStimulus(controller, vector: VectorIndex(rawValue: 7))
        }
    }

    @Test func aControllerThatIsNeverReadyIsNotAwaitedForever() {
        let device = PretendNVMe(memory)
        device.isDead = true
        var rests = 0
        #expect(throws: Refusal.deviceBusy(register: 0x1C)) {
            _ = try NVMeController(device.registers, memory) { rests += 1 }
        }
        #expect(rests == 500)
    }

    @Test func aCommandThatFailsIsToldWithItsStatus() throws {
        let device = PretendNVMe(memory)
        let controller = try NVMeController(device.registers, memory) {}
        device.status = 0x101
        #expect(throws: Refusal.deviceFailed(command: 9, status: 0x101)) {
            try controller.makeQueues(vectors: 2)
        }
    }

    @Test func memoryThatIsTooSmallOrOddIsRefused() {
        let device = PretendNVMe(memory)
        let small = PretendMemory(address: 0x1000, length: 0x8000)
        let odd = PretendMemory(address: 0x1800, length: 1 << 16)
        for memory in [small, odd] {
            #expect(throws: Refusal.wrongState(.noWorkspace)) {
                _ = try NVMeController(device.registers, memory) {}
            }
        }
    }
}

/// Does what a controller does: takes commands from the queues, and completes them.
final class PretendNVMe {
    struct Queue {
        var submissions: UInt64 = 0
        var completions: UInt64 = 0
        var vector: UInt32 = 0
        var head: UInt32 = 0
        var tail: UInt32 = 0
        var phase: UInt32 = 1
        var size: UInt32 = 64
    }

    let registers = PretendRegisters(length: 0x4000)
    private let memory: PretendMemory
    var queues: [Int: Queue] = [:]
    var carriedOut: [Int: Int] = [:]
    var isDead = false
    var status: UInt32 = 0

    var admin: Queue { queues[0] ?? Queue() }

    init(_ memory: PretendMemory) {
        self.memory = memory
        registers.values[0] = 0x0100_00FF
        registers.reaction = { [unowned self] write, _ in self.take(write) }
    }

    private func take(_ write: PretendRegisters.Write) {
        guard !isDead else { return }
        let value = UInt32(truncatingIfNeeded: write.value)
        switch write.offset {
        case 0x14:
            registers.values[0x1C] = value & 1
            if value & 1 == 0 { queues = [:] }
        case 0x28: queues[0, default: Queue()].submissions = write.value
        case 0x30: queues[0, default: Queue()].completions = write.value
        case 0x1000... where (write.offset - 0x1000) % 8 == 0:
            carryOut((write.offset - 0x1000) / 8, upTo: value)
        default: break
        }
    }

    private func carryOut(_ number: Int, upTo tail: UInt32) {
        while let queue = queues[number], queue.head != tail {
            let place = Int(queue.submissions - memory.address) + 64 * Int(queue.head)
            let words = (0..<16).map { memory.load(place + 4 * $0) }
            if status == 0 { obey(words) }
            complete(number, words[0] >> 16)
            carriedOut[number, default: 0] += 1
        }
    }

    private func obey(_ words: [UInt32]) {
        let address = UInt64(words[6]) | UInt64(words[7]) << 32
        let number = Int(words[10] & 0xFFFF)
        switch words[0] & 0xFF {
        case 5:
            queues[number] = Queue(completions: address, vector: words[11] >> 16)
        case 1 where number > 0 && words[1] == 0: queues[number]?.submissions = address
        default: break
        }
    }

    private func complete(_ number: Int, _ identifier: UInt32) {
        guard var queue = queues[number] else { return }
        let place = Int(queue.completions - memory.address) + 16 * Int(queue.tail)
        memory.store(place + 12, identifier | queue.phase << 16 | status << 17)
        queue.head = (queue.head + 1) % queue.size
        queue.tail = (queue.tail + 1) % queue.size
        if queue.tail == 0 { queue.phase ^= 1 }
        queues[number] = queue
    }
}
