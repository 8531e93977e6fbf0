// SPDX-License-Identifier: GPL-3.0-or-later

/// A submission queue and its completion queue, a page each (NVMe 1.4, 4.1).
struct NVMeQueue {
    /// Entries of 64 bytes that fill a page of 4 KiB.
    static let depth: UInt32 = 64
    static let pageSize = 4096

    /// 0 is the admin queue.
    let number: UInt32
    /// Where the page of the submission queue lies; that of the completions follows it.
    let submissions: Int
    /// Where the doorbells lie, and how far they are apart.
    let doorbell: Int
    let spacing: Int
    private var tail: UInt32 = 0
    private var head: UInt32 = 0
    /// The bit that tells new completions from those of the round before.
    private var phase: UInt32 = 1
    private(set) var inFlight: UInt32 = 0

    init(number: UInt32, submissions: Int, spacing: Int) {
        self.number = number
        self.submissions = submissions
        self.spacing = spacing
        doorbell = 0x1000 + 2 * Int(number) * spacing
    }

    var completions: Int { submissions + Self.pageSize }

    /// Whether one more command would make the queue look empty.
    var isFull: Bool { inFlight >= Self.depth - 1 }

    /// Puts a command into the queue and rings the controller.
    mutating func submit(
        _ command: NVMeCommand, _ memory: some DeviceMemory, _ registers: some Registers
    ) {
        let place = submissions + 64 * Int(tail)
        for (index, word) in command.words(identifier: tail).enumerated() {
            memory.store(place + 4 * index, word)
        }
        tail = (tail + 1) % Self.depth
        inFlight += 1
        memory.publish()
        registers.store(doorbell, tail)
    }

    /// Takes one completion, and gives its status; nothing when none has come.
    mutating func complete(
        _ memory: some DeviceMemory, _ registers: some Registers
    ) -> UInt32? {
        let word = memory.load(completions + 16 * Int(head) + 12)
        guard word >> 16 & 1 == phase else { return nil }
        head = (head + 1) % Self.depth
        if head == 0 { phase ^= 1 }
        inFlight -= inFlight > 0 ? 1 : 0
        registers.store(doorbell + spacing, head)
        return word >> 17
    }
}

/// A command of sixteen words (NVMe 1.4, 4.2), as far as we use any.
struct NVMeCommand {
    let opcode: UInt32
    var namespace: UInt32 = 0
    /// Where data goes, or a queue lies.
    var data: UInt64 = 0
    var word10: UInt32 = 0
    var word11: UInt32 = 0
    var word12: UInt32 = 0

    func words(identifier: UInt32) -> [UInt32] {
        [
            opcode | identifier << 16, namespace, 0, 0, 0, 0, UInt32(truncatingIfNeeded: data),
            UInt32(truncatingIfNeeded: data >> 32), 0, 0, word10, word11, word12, 0, 0, 0,
        ]
    }

    /// Identify, the controller itself (5.15).
    static func identify(into data: UInt64) -> NVMeCommand {
        NVMeCommand(opcode: 0x06, data: data, word10: 1)
    }

    /// Reads block 0 of the first namespace (6.9): changes nothing on the disk.
    static func read(into data: UInt64) -> NVMeCommand {
        NVMeCommand(opcode: 0x02, namespace: 1, data: data)
    }

    /// Asks for as many pairs of I/O queues (feature 7, 5.21.1.7).
    static func numberOfQueues(_ count: UInt32) -> NVMeCommand {
        NVMeCommand(opcode: 0x09, word10: 7, word11: (count - 1) << 16 | (count - 1))
    }

    /// Creates a completion queue whose interrupts go to the vector of its own number (5.3).
    static func createCompletions(_ queue: NVMeQueue, at address: UInt64) -> NVMeCommand {
        NVMeCommand(
            opcode: 0x05, data: address, word10: (NVMeQueue.depth - 1) << 16 | queue.number,
            word11: queue.number << 16 | 3)
    }

    /// Creates the submission queue of that completion queue (5.4).
    static func createSubmissions(_ queue: NVMeQueue, at address: UInt64) -> NVMeCommand {
        NVMeCommand(
            opcode: 0x01, data: address, word10: (NVMeQueue.depth - 1) << 16 | queue.number,
            word11: queue.number << 16 | 1)
    }
}
