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
        try needsSlot(name, function)
        call("write", result: 12)
        call("write", result: 12) {
            guard function.group.domain === function.group.defaultDomain else { return .invalid }
            kernel.bindHostDriver(function)
            given.insert(name)
            return .none
        }
    }

    /// Pulls a device out; the removal of an open one waits until it is closed.
    func unplug(_ name: DeviceName) throws(Obstacle) {
        guard let function = functions[name] else {
            throw Obstacle(reason: "device '\(name)' is not on the board")
        }
        try needsSlot(name, function)
        given.remove(name)
        guard attached[name] == nil else {
            function.isLeaving = true
            return kernel.log.print(
                "vfio-pci \(function.address): No device request channel registered, blocked "
                    + "until released by user", level: 4, at: kernel.clock)
        }
        kernel.remove(function)
    }

    /// Puts a device back, which the kernel's own thread finds and binds.
    func plug(_ name: DeviceName) throws(Obstacle) {
        guard let function = functions[name], function.isOut else {
            throw Obstacle(reason: "device '\(name)' is in its slot")
        }
        function.isOut = false
        guard function.group.domain === function.group.defaultDomain else { return }
        kernel.process = Kernel.hotPlugThread
        kernel.bindHostDriver(function)
        given.insert(name)
    }

    func needsSlot(_ name: DeviceName, _ function: PCIFunction) throws(Obstacle) {
        guard !function.isOut, !function.isLeaving else {
            throw Obstacle(reason: "device '\(name)' is not in its slot")
        }
    }

    /// Takes a device from its host driver again, if that has it.
    func takeBack(_ name: DeviceName, _ function: PCIFunction) {
        guard given.remove(name) != nil else { return }
        call("write", result: 12) {
            kernel.freeVectors(function)
            function.registers.isBusMaster = false
            function.hasHostDriver = false
            return .none
        }
        call("write", result: 12)
    }
}

extension Kernel {
    /// The driver's probe: it masters the bus and arms vectors of its own.
    func bindHostDriver(_ function: PCIFunction) {
        function.hasHostDriver = true
        function.registers.isBusMaster = true
        let description = function.description
        _ = allocateVectors(
            function, description.hostKind, description.hostVectors, forUser: false
        ) { vector in
            description.hostVectors == 1 ? "host-driver" : "host-driver-\(vector)"
        }
    }

    /// The process whose events removals and new devices bring about.
    static let hotPlugThread: Int32 = 77

    /// Takes a function off the bus, with all that its driver had armed.
    func remove(_ function: PCIFunction) {
        freeVectors(function)
        function.registers = PCIRegisters(function.description)
        function.hasHostDriver = false
        function.isLeaving = false
        function.isOut = true
    }
}
