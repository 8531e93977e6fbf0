// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Carries out the steps that touch a device and its vectors.
    mutating func takeVectors(_ step: Step, _ seen: inout StepExpectation) {
        if design.interface == .hostDriver { return seen.nobodyAssigns() }
        switch step {
        case .arm(let device, let kind, let vectors): arm(device, kind, vectors, &seen)
        case .ring(let device, let vector, let count): ring(device, vector, count, &seen)
        case .traffic(let plan): traffic(plan, &seen)
        case .loopback(let device, let vector, let count): loop(device, vector, count, &seen)
        case .mask(let device, let vector, let masked): mask(device, vector, masked, &seen)
        case .steer(let device, let vector, _): steer(device, vector, &seen)
        case .busMaster(let device, let enabled): setMaster(device, enabled, &seen)
        case .transfer(let device, let transfer): self.transfer(device, transfer, &seen)
        case .disarm(let device): disarm(device, &seen)
        case .reset(let device): reset(device, &seen)
        case .disturb(let device): disturb(device, &seen)
        default: break
        }
    }

    /// A vector that is armed, and the device it belongs to.
    func armed(
        _ name: DeviceName, _ vector: VectorIndex, _ seen: inout StepExpectation
    ) -> (AttachedDevice, ArmedVectors)? {
        guard let device = attached[name] else {
            isNotAttached(name, &seen)
            return nil
        }
        guard let armed = device.armed, vector.rawValue < armed.count else {
            seen.outcome = .impossible(reason: "\(vector) of \(name) is not armed")
            return nil
        }
        return (device, armed)
    }

    /// Only routing changes: the message stays (INV-11).
    private mutating func steer(
        _ name: DeviceName, _ vector: VectorIndex, _ seen: inout StepExpectation
    ) {
        guard let (_, armed) = armed(name, vector, &seen) else { return }
        seen.messages = armed.messages
    }

    private mutating func setMaster(
        _ name: DeviceName, _ enabled: Bool, _ seen: inout StepExpectation
    ) {
        guard attached[name] != nil else { return isNotAttached(name, &seen) }
        attached[name]?.isBusMaster = enabled
    }

    private mutating func disarm(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        guard device.armed != nil else {
            seen.outcome = .notPredicted(reason: "\(name) is not armed")
            return
        }
        disconnect(name, &seen)
    }

    /// Takes a device's vectors away; in V12 each gives its doorbell back.
    mutating func disconnect(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let device = attached[name], let armed = device.armed else { return }
        attached[name]?.armed = nil
        let group = board.group(of: device.address)
        guard var space = spaces[device.container], let index = space.domain(of: group),
            case .given(var window) = space.domains[index].doorbells
        else { return }
        for page in armed.messages.compactMap(\.page) {
            if let map = window.release(page) { seen.doorbellUnmaps.append(.exactly(map)) }
        }
        space.domains[index].doorbells = .given(window)
        spaces[device.container] = space
    }

    private mutating func reset(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        // What stands afterwards where the device could be reset (INV-46).
        seen.messages = device.armed?.messages ?? []
        seen.outcome = .notPredicted(reason: "whether \(name) can be reset is not known")
    }

    private mutating func disturb(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard attached[name] != nil else { return isNotAttached(name, &seen) }
        attached[name]?.armed?.isDisturbed = true
        attached[name]?.isBusMaster = true
    }
}
