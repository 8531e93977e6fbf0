// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension Agent {
    /// Gives an NVMe controller that was just armed its queues, where memory is mapped for them.
    ///
    /// It happens in arming, and not in the first ring, because each command of the set-up sends a
    /// message of vector 0, which would be counted in the ring's account. A controller that cannot be
    /// set up is told of when it is to be rung; its calls are no evidence and stay out of the log.
    func makeQueues(_ held: HeldDevice) {
        guard let vectors = held.armed.last, vectors.kind != .intx, held.nvme == nil else { return }
        let calls = log
        do throws(Trouble) {
            try setUpQueues(held, vectors)
        } catch .refused(let refusal) {
            held.queueTrouble = refusal
        } catch {
            held.queueTrouble = .wrongState(.noQueues)
        }
        log = calls
    }

    private func setUpQueues(_ held: HeldDevice, _ vectors: ArmedVectors) throws(Trouble) {
        guard try choice(held) == .nvme, held.busMaster != false else { return }
        guard let mapping = held.group.container?.workspace(atLeast: 1 << 16) else { return }
        try grantBusMaster(held)
        let window = try window(held, region: 0)
        let count = UInt32(vectors.count)
        held.nvme = try made { () throws(Refusal) in
            let controller = try HeldNVMe(window, QueueMemory(mapping: mapping)) {
                board_rest(1_000_000)
            }
            try controller.makeQueues(vectors: count)
            return controller
        }
        awaitSetUp(vectors)
        for index in 0..<vectors.count { vectors.drain(index) }
    }

    /// Awaits the messages of vector 0 that the set-up's commands have caused: on a busy board they
    /// come late, and would be counted in the account of what rings next.
    private func awaitSetUp(_ vectors: ArmedVectors) {
        let deadline = board_now() &+ 200_000_000
        var came: UInt64 = 0
        while came == 0, board_now() < deadline { came = vectors.settle(0, for: .milliseconds(1)) }
        board_rest(5_000_000)
    }

    /// Stops controllers whose queues lie in memory that is about to go.
    func stopQueues(in container: HeldContainer, from iova: UInt64, size: UInt64) {
        for held in devices where held.group.container === container {
            guard let memory = held.nvme?.memory.mapping else { continue }
            let start = memory.iova.rawValue
            if start >= iova, start - iova < size { held.stopQueues() }
        }
    }
}

extension HeldDevice {
    /// Stops a controller before its vectors or its memory go.
    func stopQueues() {
        // One that does not obey any more has nothing to be stopped for.
        do throws(Refusal) { try nvme?.stop() } catch {}
        forgetQueues()
    }

    /// Forgets queues that a reset has taken from the controller.
    func forgetQueues() {
        nvme = nil
        queueTrouble = nil
    }
}
