// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension Agent {
    func ring(_ request: Ring) throws(Trouble) -> RingResult {
        let held = try device(request.device)
        let vectors = try armed(held, request.vector)
        let space = try config(held)
        guard let choice = StimulusChoice(space) else {
            throw .refused(.noStimulus(vendor: space.vendor, device: space.device))
        }
        guard request.way == .shortest || choice == .edu else {
            throw .refused(.wrongState(.noEngine))
        }
        return try ring(request, held, vectors, choice)
    }

    private func ring(
        _ request: Ring, _ held: HeldDevice, _ vectors: ArmedVectors, _ choice: StimulusChoice
    ) throws(Trouble) -> RingResult {
        let bar = try window(held, region: 0)
        let vector = request.vector
        switch choice {
        case .edu where request.way == .computation:
            return try ring(request, held, vectors) { () throws(Refusal) in
                try EduFactorialStimulus(bar)
            }
        case .edu:
            return try ring(request, held, vectors) { () throws(Refusal) in try EduStimulus(bar) }
        case .e1000e:
            return try ring(request, held, vectors) { () throws(Refusal) in
                try E1000eStimulus(bar, vector: vector)
            }
        case .igb:
            return try ring(request, held, vectors) { () throws(Refusal) in
                try IGBStimulus(bar, vector: vector)
            }
        case .ivshmem:
            return try ring(request, held, vectors) { () throws(Refusal) in
                try IvshmemStimulus(bar, vector: vector)
            }
        case .nvme:
            if let trouble = held.queueTrouble { throw .refused(trouble) }
            guard let controller = held.nvme else { throw .refused(.wrongState(.noQueues)) }
            return try ring(request, held, vectors) { () throws(Refusal) in
                try NVMeStimulus(controller, vector: vector)
            }
        }
    }

    private func ring<Way: Stimulus>(
        _ request: Ring, _ held: HeldDevice, _ vectors: ArmedVectors,
        _ make: () throws(Refusal) -> Way
    ) throws(Trouble) -> RingResult {
        try grantBusMaster(held)
        let errors = board_bus_errors()
        var stimulus = try made(make)
        var loop = RingLoop(
            request: request, device: held, vectors: vectors, endSignals: endSignals)
        let result = loop.run(&stimulus)
        // The device went away while it rang: its registers did not answer.
        guard board_bus_errors() == errors else { throw .refused(.deviceSilent(register: 0)) }
        if result.lost > 0 { try checkItAnswers(held, stimulus) }
        return result
    }

    /// A device that does not answer owes nothing that would tell of the kernel.
    func checkItAnswers(_ held: HeldDevice, _ stimulus: some Stimulus) throws(Trouble) {
        guard try config16(held, 0) != .max else { throw .refused(.deviceSilent(register: 0)) }
        try made { () throws(Refusal) in try stimulus.checkItAnswers() }
    }

    /// Which stimulus fits a device; nothing for one that nobody knows how to ring.
    func choice(_ held: HeldDevice) throws(Trouble) -> StimulusChoice? {
        StimulusChoice(try config(held))
    }

    /// Makes something of a device, whose refusal is that of the request.
    func made<Value>(_ make: () throws(Refusal) -> Value) throws(Trouble) -> Value {
        do throws(Refusal) {
            return try make()
        } catch {
            throw .refused(error)
        }
    }
}

extension StimulusChoice {
    init?(_ space: ConfigSpace) {
        self.init(vendor: space.vendor, device: space.device, classCode: space.classCode)
    }
}
