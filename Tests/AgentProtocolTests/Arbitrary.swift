// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

/// Messages of every kind with random content.
extension SeededGenerator {
    mutating func number<Number: FixedWidthInteger>() -> Number {
        // The ends of the range are where mistakes live.
        switch next() % 4 {
        case 0: 0
        case 1: .max
        case 2: .min
        default: Number(truncatingIfNeeded: next())
        }
    }

    mutating func choice<Choice: CaseIterable>(_: Choice.Type = Choice.self) -> Choice {
        let all = Array(Choice.allCases)
        return all[Int(next() % UInt64(all.count))]
    }

    mutating func maybe<Value>(_ value: Value) -> Value? { next() & 1 == 0 ? nil : value }

    mutating func text() -> String {
        ["", "6.1.0-56-arm64", "ünïcode 🔔", "a\u{0}b"][Int(next() % 4)]
    }

    mutating func few() -> Range<Int> { 0..<Int(next() % 5) }

    mutating func pciAddress() -> PCIAddress {
        PCIAddress(
            domain: number(), bus: number(), device: UInt8(next() % 32),
            function: UInt8(next() % 8))
            ?? { preconditionFailure("device and function are in range") }()
    }

    mutating func range() -> IOVARange {
        let ends = [next(), next()].sorted()
        return IOVARange(first: IOVA(rawValue: ends[0]), last: IOVA(rawValue: ends[1]))
            ?? { preconditionFailure("the ends are sorted") }()
    }

    mutating func record() -> CallRecord {
        CallRecord(
            call: choice(), argument: number(), result: number(),
            errno: KernelErrno(rawValue: number()), began: BoardInstant(rawValue: number()),
            ended: BoardInstant(rawValue: number()))
    }

    mutating func refusal() -> Refusal {
        let all: [Refusal] = [
            .version(
                agent: ProtocolVersion(rawValue: number()),
                controller: ProtocolVersion(rawValue: number())),
            .unknownRequest(kind: number()), .malformed(offset: number()),
            .noSuchHandle(number: number()), .wrongState(choice()),
            .beyondLimit(number: number(), limit: number()),
            .noStimulus(vendor: number(), device: number()), .deviceSilent(register: number()),
            .unexpectedRegister(register: number(), found: number()),
            .deviceBusy(register: number()), .deviceFailed(command: number(), status: number()),
            .skipped,
        ]
        return all[Int(next() % UInt64(all.count))]
    }
}
