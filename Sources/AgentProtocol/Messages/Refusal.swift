// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the agent did not carry a request out: not the kernel's word, the agent's own.
package enum Refusal: Error, Equatable, Sendable {
    /// The controller speaks another version. The payload of this one is the same in every version.
    case version(agent: ProtocolVersion, controller: ProtocolVersion)
    /// There is no such request.
    case unknownRequest(kind: UInt16)
    /// The request's payload could not be read from this byte on.
    case malformed(offset: UInt32)
    /// Nothing open has this handle.
    case noSuchHandle(number: UInt32)
    /// The request does not fit what was done before.
    case wrongState(StateConflict)
    /// A number is beyond what the agent accepts.
    case beyondLimit(number: UInt64, limit: UInt64)
    /// The agent does not know how to make this device ring.
    case noStimulus(vendor: UInt16, device: UInt16)
    /// A register read as all ones: the device does not answer.
    case deviceSilent(register: UInt32)
    /// A register does not hold what this kind of device holds there.
    case unexpectedRegister(register: UInt32, found: UInt32)
    /// The device's own engine was still at work at the deadline; the register tells which.
    case deviceBusy(register: UInt32)
    /// The device ended a command of ours with an error of its own.
    case deviceFailed(command: UInt32, status: UInt32)
    /// The request was to be carried out only if the one before it succeeded, and that one did not.
    case skipped
}

/// The payload of a refusal: the reason, and the calls that were made before it was found.
package struct RefusedRequest: WireValue {
    package var refusal: Refusal
    package var calls: [CallRecord]

    package init(_ refusal: Refusal, calls: [CallRecord] = []) {
        self.refusal = refusal
        self.calls = calls
    }

    package func write(to writer: inout WireWriter) {
        refusal.write(to: &writer)
        calls.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        refusal = try Refusal(from: &reader)
        calls = try [CallRecord](from: &reader)
    }
}

/// What stands in the way of a request.
package enum StateConflict: UInt16, WireValue, CaseIterable {
    /// The group has open devices, or the container has groups.
    case stillInUse = 1
    /// The device has no armed vectors of this kind, or not this one.
    case notArmed = 3
    /// The device has no MSI-X capability.
    case noMSIX = 4
    /// The region cannot be mapped.
    case notMappable = 5
    /// The capability has no mask bits, or the kind of interrupt none of its own.
    case notMaskable = 6
    /// The device moves bytes through memory of its container, and there is none mapped.
    case noWorkspace = 7
    /// The device was armed before memory for its queues was mapped, or its bus master bit was off.
    case noQueues = 8
    /// The process is not another agent of ours.
    case notAnAgent = 9
    /// The device sleeps, or its memory is not decoded: its registers would not answer.
    case asleep = 10
    /// The device has no register that resets it.
    case noOwnReset = 11
    /// The device has no engine that moves single words.
    case noEngine = 12
}

extension Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .version(let agent, let controller):
            "the agent speaks \(agent), the controller \(controller)"
        case .unknownRequest(let kind): "the agent knows no request number \(kind)"
        case .malformed(let offset):
            "the agent cannot read the request's payload from byte \(offset) on"
        case .noSuchHandle(let number): "nothing open at the agent has handle \(number)"
        case .wrongState(let conflict): conflict.description
        case .beyondLimit(let number, let limit):
            "\(number) is more than the agent accepts, \(limit)"
        case .noStimulus(let vendor, let device):
            "the agent does not know how to make \(Self.hexadecimal(vendor)):\(Self.hexadecimal(device)) ring"
        case .deviceSilent(let register):
            "the device does not answer: the register at \(register) reads as all ones"
        case .unexpectedRegister(let register, let found):
            "the register at \(register) holds \(found), which this kind of device never has there"
        case .deviceBusy(let register):
            "the device is not done in time: its register at \(register) still says so"
        case .deviceFailed(let command, let status):
            "the device ended its command \(command) with status \(status)"
        case .skipped: "the request before it did not succeed"
        }
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}

extension StateConflict: CustomStringConvertible {
    package var description: String {
        switch self {
        case .stillInUse: "something inside it is still open"
        case .notArmed: "the device has no such armed vector"
        case .noMSIX: "the device has no MSI-X capability"
        case .notMappable: "the device's region cannot be mapped"
        case .notMaskable: "the device has no mask bit for this vector"
        case .noWorkspace:
            "the device needs memory to work with: map 64KiB or more in its container first"
        case .noQueues:
            "the device has no queue for this vector: map memory in its container before it is armed"
        case .notAnAgent: "the process is no agent of this harness"
        case .asleep: "the device sleeps, or its memory is not decoded"
        case .noOwnReset: "the harness knows no register by which such a device resets itself"
        case .noEngine: "the harness knows no engine in such a device that moves four bytes"
        }
    }
}
