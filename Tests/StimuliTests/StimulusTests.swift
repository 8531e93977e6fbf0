// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Stimuli
import Testing
import Vocabulary

/// What is written where, and what a device that is not what its id says gets.
@Suite struct StimulusTests {
    private typealias Write = PretendRegisters.Write

    /// No igb can be had here: QEMU has one from 8.0 on, and Debian 12 has 7.2.
    @Test func igbOpensOneVectorAndSetsItsCause() throws {
        let registers = PretendRegisters(length: 0x20000)
        let stimulus = try IGBStimulus(registers, vector: VectorIndex(rawValue: 3))
        let expected: [(Int, UInt64)] = [
            (0x1528, 0xFFFF_FFFF), (0x1514, 0xC000_0011), (0x1580, 0xFFFF_FFFF), (0x168C, 0),
            (0x152C, 8), (0x1524, 8),
        ]
        #expect(registers.writes == expected.map { Write(offset: $0.0, value: $0.1) })
        registers.forget()
        stimulus.raise()
        stimulus.acknowledge()
        #expect(
            registers.writes == [
                Write(offset: 0x1520, value: 8), Write(offset: 0x1580, value: 8),
                Write(offset: 0x1524, value: 8),
            ])
    }

    @Test("Each of the five vectors gets the cause", arguments: 0..<5 as Range<UInt32>)
    func e1000eSteersByIVAR(_ vector: UInt32) throws {
        let registers = PretendRegisters(length: 0x20000)
        let stimulus = try E1000eStimulus(registers, vector: VectorIndex(rawValue: vector))
        #expect(registers.writes.contains(Write(offset: 0xE4, value: UInt64(vector | 8))))
        registers.forget()
        stimulus.raise()
        #expect(registers.writes == [Write(offset: 0xC8, value: 1 << 20)])
    }

    @Test func e1000eGivesEachOfSeveralVectorsACauseOfItsOwn() throws {
        let registers = PretendRegisters(length: 0x20000)
        let vectors = [0, 2, 4].map { VectorIndex(rawValue: $0) }
        let stimulus = try E1000eStimulus(registers, vector: vectors[1], among: vectors)
        #expect(registers.writes.contains(Write(offset: 0xE4, value: 0xC0A08)))
        #expect(registers.writes.contains(Write(offset: 0xD0, value: 0x150_0000)))
        registers.forget()
        stimulus.raise()
        stimulus.acknowledge()
        #expect(
            registers.writes == [
                Write(offset: 0xC8, value: 1 << 22), Write(offset: 0xC0, value: 1 << 22),
                Write(offset: 0xD0, value: 1 << 22),
            ])
        #expect(throws: Refusal.beyondLimit(number: 5, limit: 4)) {
            try E1000eStimulus(
                registers, vector: VectorIndex(rawValue: 0), among: [VectorIndex(rawValue: 5)])
        }
    }

    @Test func igbLetsThoseSpeakThatRingTogether() throws {
        let registers = PretendRegisters(length: 0x20000)
        let vectors = [1, 3].map { VectorIndex(rawValue: $0) }
        _ = try IGBStimulus(registers, vector: vectors[0], among: vectors)
        #expect(registers.writes.contains(Write(offset: 0x1524, value: 0b1010)))
        #expect(registers.writes.contains(Write(offset: 0x152C, value: 0b1010)))
    }

    @Test func ivshmemRingsItself() throws {
        let registers = PretendRegisters(length: 0x100)
        registers.values[8] = 5
        let stimulus = try IvshmemStimulus(registers, vector: VectorIndex(rawValue: 2))
        stimulus.raise()
        #expect(registers.writes == [Write(offset: 0x0C, value: 0x5_0002)])
    }

    @Test func eduComputesToRaise() throws {
        let registers = PretendRegisters.edu
        let stimulus = try EduFactorialStimulus(registers)
        stimulus.raise()
        stimulus.acknowledge()
        #expect(
            registers.writes.suffix(3) == [
                Write(offset: 0x20, value: 0x80), Write(offset: 0x08, value: 5),
                Write(offset: 0x64, value: 1),
            ])
    }

    @Test func anEngineIsOrderedInFourWrites() throws {
        let registers = PretendRegisters.edu
        let engine = try EduEngine(registers)
        registers.forget()
        engine.put(to: 0x1_0800_0040)
        #expect(
            registers.writes == [
                Write(offset: 0x80, value: 0x40000), Write(offset: 0x88, value: 0x1_0800_0040),
                Write(offset: 0x90, value: 4), Write(offset: 0x98, value: 3),
            ])
    }

    @Test func anEngineThatIsAtWorkIsNotOrdered() {
        let registers = PretendRegisters.edu
        registers.values[0x98] = 1
        #expect(throws: Refusal.deviceBusy(register: 0x98)) { _ = try EduEngine(registers) }
    }

    @Test func aDeviceThatIsGoneIsToldFromOneThatAnswers() {
        let gone = PretendRegisters(length: 0x20000)
        gone.otherwise = .max
        let vector = VectorIndex(rawValue: 0)
        #expect(throws: Refusal.deviceSilent(register: 0)) { _ = try EduStimulus(gone) }
        #expect(throws: Refusal.deviceSilent(register: 8)) {
            _ = try E1000eStimulus(gone, vector: vector)
        }
        #expect(throws: Refusal.deviceSilent(register: 8)) {
            _ = try IGBStimulus(gone, vector: vector)
        }
        #expect(throws: Refusal.deviceSilent(register: 8)) {
            _ = try IvshmemStimulus(gone, vector: vector)
        }
        #expect(throws: Refusal.deviceSilent(register: 0x1C)) {
            _ = try NVMeController(gone, PretendMemory(address: 0, length: 1 << 16)) {}
        }
        #expect(gone.writes.isEmpty)
    }

    /// Memory that is not decoded any more takes writes in silence: 7 raises of 20 were once held
    /// against the kernel.
    @Test func aDeviceThatGoesWhileItRingsIsFoundOutAfterwards() throws {
        let vector = VectorIndex(rawValue: 0)
        let (edu, card) = (PretendRegisters.edu, PretendRegisters(length: 0x20000))
        var ways: [any Stimulus] = [
            try EduStimulus(edu), try EduFactorialStimulus(edu),
            try E1000eStimulus(card, vector: vector), try IGBStimulus(card, vector: vector),
            try IvshmemStimulus(card, vector: vector),
        ]
        let memory = PretendMemory(address: 0x1000_0000, length: 1 << 16)
        let disk = PretendNVMe(memory)
        ways.append(
            try NVMeStimulus(NVMeController(disk.registers, memory) {}, vector: vector))
        for way in ways { try way.checkItAnswers() }
        for registers in [edu, card, disk.registers] {
            registers.values = [:]
            registers.otherwise = .max
        }
        for place in ways.indices {
            ways[place].raise()
            let way = ways[place]
            #expect("\(way.name)") { try way.checkItAnswers() } throws: { error in
                guard case .deviceSilent = error as? Refusal else { return false }
                return true
            }
        }
    }

    @Test func anotherDeviceUnderTheSameIDIsFoundOut() {
        let registers = PretendRegisters.edu
        registers.values[0] = 0x0100_0077
        #expect(throws: Refusal.unexpectedRegister(register: 0, found: 0x0100_0077)) {
            _ = try EduStimulus(registers)
        }
        registers.values[0] = 0x0100_00ED
        registers.values[4] = 7
        #expect(throws: Refusal.unexpectedRegister(register: 4, found: 7)) {
            _ = try EduStimulus(registers)
        }
    }

    @Test func aShortBARAndAVectorTooManyAreRefused() {
        let short = PretendRegisters(length: 0x40)
        #expect(throws: Refusal.wrongState(.notMappable)) { _ = try EduStimulus(short) }
        let registers = PretendRegisters(length: 0x20000)
        #expect(throws: Refusal.beyondLimit(number: 5, limit: 4)) {
            _ = try E1000eStimulus(registers, vector: VectorIndex(rawValue: 5))
        }
        #expect(throws: Refusal.beyondLimit(number: 25, limit: 24)) {
            _ = try IGBStimulus(registers, vector: VectorIndex(rawValue: 25))
        }
    }

    @Test func devicesAreKnownByIDOrByClass() {
        #expect(StimulusChoice(vendor: 0x1234, device: 0x11E8, classCode: 0xFF0000) == .edu)
        #expect(StimulusChoice(vendor: 0x8086, device: 0x10C9, classCode: 0x020000) == .igb)
        #expect(StimulusChoice(vendor: 0x1B36, device: 0x0010, classCode: 0x010802) == .nvme)
        #expect(StimulusChoice(vendor: 0x1B36, device: 0x0010, classCode: 0x010801) == nil)
    }
}

extension PretendRegisters {
    /// Answers as an edu does.
    static var edu: PretendRegisters {
        let registers = PretendRegisters(length: 1 << 20)
        registers.values[0] = 0x0100_00ED
        registers.values[4] = ~0x1234_5678
        return registers
    }
}
