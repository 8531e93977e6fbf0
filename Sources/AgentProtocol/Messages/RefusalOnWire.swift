// SPDX-License-Identifier: GPL-3.0-or-later

/// On the wire: a number for the reason, then what belongs to it.
extension Refusal: WireValue {
    package func write(to writer: inout WireWriter) {
        switch self {
        case .version(let agent, let controller):
            writer.integer(UInt16(1))
            agent.write(to: &writer)
            controller.write(to: &writer)
        case .unknownRequest(let kind): writer.fields(2, kind)
        case .malformed(let offset): writer.fields(3, offset)
        case .noSuchHandle(let number): writer.fields(4, number)
        case .wrongState(let conflict): writer.fields(5, conflict.rawValue)
        case .beyondLimit(let number, let limit): writer.fields(6, number, limit)
        case .noStimulus(let vendor, let device): writer.fields(7, vendor, device)
        case .deviceSilent(let register): writer.fields(8, register)
        case .unexpectedRegister(let register, let found): writer.fields(9, register, found)
        case .skipped: writer.integer(UInt16(10))
        case .deviceBusy(let register): writer.fields(11, register)
        case .deviceFailed(let command, let status): writer.fields(12, command, status)
        }
    }

    package init(from reader: inout WireReader) throws(WireError) {
        let offset = reader.offset
        let reason = try reader.integer(UInt16.self)
        switch reason {
        case 1:
            self = .version(
                agent: try ProtocolVersion(from: &reader),
                controller: try ProtocolVersion(from: &reader))
        case 2: self = .unknownRequest(kind: try reader.integer())
        case 3: self = .malformed(offset: try reader.integer())
        case 4: self = .noSuchHandle(number: try reader.integer())
        case 5: self = .wrongState(try StateConflict(from: &reader))
        case 6: self = .beyondLimit(number: try reader.integer(), limit: try reader.integer())
        case 7: self = .noStimulus(vendor: try reader.integer(), device: try reader.integer())
        case 8: self = .deviceSilent(register: try reader.integer())
        case 9:
            self = .unexpectedRegister(
                register: try reader.integer(), found: try reader.integer())
        case 10: self = .skipped
        case 11: self = .deviceBusy(register: try reader.integer())
        case 12:
            self = .deviceFailed(command: try reader.integer(), status: try reader.integer())
        default: throw .meaningless(offset: offset, found: UInt64(reason))
        }
    }
}

extension WireWriter {
    fileprivate mutating func fields<A: FixedWidthInteger>(_ reason: UInt16, _ first: A) {
        integer(reason)
        integer(first)
    }

    fileprivate mutating func fields<A: FixedWidthInteger>(
        _ reason: UInt16, _ first: A, _ second: A
    ) {
        fields(reason, first)
        integer(second)
    }
}
