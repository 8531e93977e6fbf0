// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    /// Takes a device from vfio-pci and lets its host driver have it.
    func giveBack(_ name: DeviceName) throws(Obstacle) {
        guard let function = functions[name] else {
            throw Obstacle(reason: "device '\(name)' is not on the board")
        }
        guard !given.contains(name) else {
            throw Obstacle(reason: "device '\(name)' is with its host driver already")
        }
        if attached[name] != nil { try detach(name) }
        call("write", result: 12)
        call("write", result: 12) {
            guard function.group.domain === function.group.defaultDomain else { return .busy }
            kernel.bindHostDriver(function)
            given.insert(name)
            return .none
        }
    }

    /// Takes a device from its host driver again, if that has it.
    func takeBack(_ name: DeviceName, _ function: PCIFunction) {
        guard given.remove(name) != nil else { return }
        call("write", result: 12) {
            kernel.freeVectors(function)
            function.registers.isBusMaster = false
            return .none
        }
        call("write", result: 12)
    }
}

extension Kernel {
    /// The driver's probe: it masters the bus and arms vectors of its own.
    func bindHostDriver(_ function: PCIFunction) {
        function.registers.isBusMaster = true
        let description = function.description
        _ = allocateVectors(
            function, description.hostKind, description.hostVectors, forUser: false
        ) { vector in
            description.hostVectors == 1 ? "host-driver" : "host-driver-\(vector)"
        }
    }
}
