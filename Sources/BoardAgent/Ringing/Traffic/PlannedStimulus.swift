// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Stimuli
import Vocabulary

/// Any of the ways to ring, so that vectors of several devices stand in one list.
enum PlannedStimulus: Stimulus {
    case edu(EduStimulus<RegisterWindow>)
    case factorial(EduFactorialStimulus<RegisterWindow>)
    case e1000e(E1000eStimulus<RegisterWindow>)
    case igb(IGBStimulus<RegisterWindow>)
    case ivshmem(IvshmemStimulus<RegisterWindow>)
    case nvme(NVMeStimulus<RegisterWindow, QueueMemory>)

    var name: String {
        switch self {
        case .edu(let way): way.name
        case .factorial(let way): way.name
        case .e1000e(let way): way.name
        case .igb(let way): way.name
        case .ivshmem(let way): way.name
        case .nvme(let way): way.name
        }
    }

    var rest: Nanoseconds {
        switch self {
        case .edu(let way): way.rest
        case .factorial(let way): way.rest
        case .e1000e(let way): way.rest
        case .igb(let way): way.rest
        case .ivshmem(let way): way.rest
        case .nvme(let way): way.rest
        }
    }

    /// An e1000e is given longer than it needs alone: where all of its vectors ring beside those of
    /// others, QEMU's throttling timer was seen to come 2 ms late, and what is held back once is sent
    /// again behind every raise from then on, reset or not.
    var gap: Nanoseconds {
        switch self {
        case .edu(let way): way.gap
        case .factorial(let way): way.gap
        case .e1000e(let way): max(way.gap, .milliseconds(10))
        case .igb(let way): way.gap
        case .ivshmem(let way): way.gap
        case .nvme(let way): way.gap
        }
    }

    func raise() {
        switch self {
        case .edu(let way): way.raise()
        case .factorial(let way): way.raise()
        case .e1000e(let way): way.raise()
        case .igb(let way): way.raise()
        case .ivshmem(let way): way.raise()
        case .nvme(let way): way.raise()
        }
    }

    func acknowledge() {
        switch self {
        case .edu(let way): way.acknowledge()
        case .factorial(let way): way.acknowledge()
        case .e1000e(let way): way.acknowledge()
        case .igb(let way): way.acknowledge()
        case .ivshmem(let way): way.acknowledge()
        case .nvme(let way): way.acknowledge()
        }
    }

    func checkItAnswers() throws(Refusal) {
        switch self {
        case .edu(let way): try way.checkItAnswers()
        case .factorial(let way): try way.checkItAnswers()
        case .e1000e(let way): try way.checkItAnswers()
        case .igb(let way): try way.checkItAnswers()
        case .ivshmem(let way): try way.checkItAnswers()
        case .nvme(let way): try way.checkItAnswers()
        }
    }
}

extension Agent {
    /// Makes the stimulus of one vector, among all vectors of the device that ring with it.
    func stimulus(
        of held: HeldDevice, _ vector: VectorIndex, among ringing: [VectorIndex], _ way: RingWay
    ) throws(Trouble) -> PlannedStimulus {
        let space = try config(held)
        guard let choice = StimulusChoice(space) else {
            throw .refused(.noStimulus(vendor: space.vendor, device: space.device))
        }
        guard way == .shortest || choice == .edu else { throw .refused(.wrongState(.noEngine)) }
        let bar = try window(held, region: 0)
        return try made { () throws(Refusal) in
            switch choice {
            case .edu where way == .computation: .factorial(try EduFactorialStimulus(bar))
            case .edu: .edu(try EduStimulus(bar))
            case .e1000e: .e1000e(try E1000eStimulus(bar, vector: vector, among: ringing))
            case .igb: .igb(try IGBStimulus(bar, vector: vector, among: ringing))
            case .ivshmem: .ivshmem(try IvshmemStimulus(bar, vector: vector))
            case .nvme: .nvme(try NVMeStimulus(try queues(of: held), vector: vector))
            }
        }
    }
}

/// The queues of a controller, which it has since it was armed.
private func queues(of held: HeldDevice) throws(Refusal) -> HeldNVMe {
    if let trouble = held.queueTrouble { throw trouble }
    guard let controller = held.nvme else { throw .wrongState(.noQueues) }
    return controller
}
