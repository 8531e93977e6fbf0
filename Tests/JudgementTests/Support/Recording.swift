// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Testing
import Vocabulary

/// A case that was played on a board by hand, read from the player's own notes.
///
/// The notes are lines: `step N WORDS…`, `call N NAME RESULT ERRNO BEGAN ENDED`, `ring …`, and
/// texts that end with `end`.
struct Recording {
    var record: CaseRecord
    private var text: (kind: String, device: PCIAddress?, lines: [Substring])?

    static let devices: [String: String] = [
        "0000:00:02.0": "a", "0000:00:03.0": "b", "0000:01:00.0": "c",
    ]

    init(_ notes: String) throws {
        record = CaseRecord(
            board: try #require(BoardName("virt")), suite: try #require(SuiteName("smoke")),
            name: try #require(CaseName("recorded")), devices: [:], unsafeInterruptsAllowed: true,
            agentProcess: 0)
        for (address, name) in Self.devices where notes.contains(address) {
            record.devices[try #require(DeviceName(name))] = PCIAddress(address)
        }
        for line in notes.split(separator: "\n") { try take(line) }
    }

    private mutating func take(_ line: Substring) throws {
        if text != nil { return try takeText(line) }
        let words = line.split(separator: " ")
        switch words[0] {
        case "pid": record.agentProcess = try number(words[1])
        case "step":
            record.steps.append(
                StepRecord(index: try number(words[1]), step: try step(words.dropFirst(2))))
        case "call": try call(words)
        case "pagesizes": last { $0.pageSizes = Hexadecimal.value(words[2]) }
        case "range": try range(words)
        case "unmapped":
            let bytes: UInt64 = try number(words[2])
            last { $0.unmapped = .bytes(bytes) }
        case "ring": try ring(words)
        case "config", "reserved", "interrupts", "msix":
            text = (String(words[0]), words.count > 2 ? PCIAddress(words[2]) : nil, [])
        default: Issue.record("the recording holds '\(line)'")
        }
    }

    private mutating func last(_ change: (inout StepRecord) -> Void) {
        change(&record.steps[record.steps.count - 1])
    }

    private mutating func takeText(_ line: Substring) throws {
        guard line == "end", let (kind, device, lines) = text else {
            text?.lines.append(line)
            return
        }
        text = nil
        let source: RawText.Source =
            switch kind {
            case "interrupts": .interrupts
            case "config": .configurationSpace(try #require(device))
            case "msix": .msixTable(try #require(device))
            default: .reservedRegions(try #require(device))
            }
        let file = "\(record.steps.count - 1)-\(kind)"
        let content = lines.joined(separator: "\n") + "\n"
        last { $0.texts.append(RawText(source: source, file: file, text: content)) }
    }

    /// Reads a number of the notes.
    private func number<Number: FixedWidthInteger>(_ word: Substring) throws -> Number {
        let value = word.hasPrefix("0x") ? Number(word.dropFirst(2), radix: 16) : Number(word)
        return try #require(value)
    }

    private mutating func call(_ words: [Substring]) throws {
        let call = CallRecord(
            name: String(words[2]), result: try number(words[3]),
            errno: KernelErrno(rawValue: try number(words[4])),
            began: BoardInstant(rawValue: try number(words[5])),
            ended: BoardInstant(rawValue: try number(words[6])))
        last { $0.calls.append(call) }
    }

    private mutating func range(_ words: [Substring]) throws {
        let first = IOVA(rawValue: try number(words[2]))
        let end = IOVA(rawValue: try number(words[3]))
        let range = try #require(IOVARange(first: first, last: end))
        last { $0.iovaRanges = ($0.iovaRanges ?? []) + [range] }
    }

    private mutating func ring(_ words: [Substring]) throws {
        let ring = RingRecord(
            device: try #require(PCIAddress(words[2])), vector: VectorIndex(rawValue: 0),
            raised: try number(words[3]), arrived: try number(words[4]),
            spurious: 0, medianLatency: 0, worstLatency: 0, elapsed: 0,
            began: BoardInstant(rawValue: try number(words[5])),
            ended: BoardInstant(rawValue: try number(words[6])))
        last { $0.ringing = ring }
    }

    private func step(_ words: ArraySlice<Substring>) throws -> Step {
        let words = Array(words)
        let main = try #require(ContainerName("main"))
        switch words[0] {
        case "open": return .open(container: main)
        case "close": return .close(container: main)
        case "attach": return .attach(device: try device(words[1]), container: main)
        case "detach": return .detach(device: try device(words[1]))
        case "disarm": return .disarm(device: try device(words[1]))
        case "ring":
            return .ring(
                device: try device(words[1]), vector: VectorIndex(rawValue: 0),
                count: try number(words[2]))
        case "arm":
            let index: UInt32 = try number(words[2])
            let kind = try #require(InterruptKind(rawValue: index))
            return .arm(
                device: try device(words[1]), kind: kind, vectors: try number(words[3]))
        case "map", "unmap":
            let at = Placement(base: IOVA(rawValue: try number(words[2])))
            let size = Extent(bytes: .bytes(try number(words[3])))
            return words[0] == "map"
                ? .map(container: main, at: at, size: size)
                : .unmap(container: main, at: at, size: size)
        default:
            Issue.record("the recording holds a step '\(words)'")
            return .open(container: main)
        }
    }

    private func device(_ address: Substring) throws -> DeviceName {
        try #require(Self.devices[String(address)].flatMap { DeviceName($0) })
    }
}
