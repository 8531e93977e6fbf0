// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

/// A way to make one kind of device raise its interrupt.
///
/// To add one: a file here, a line below.
protocol Stimulus {
    /// What is written where, for the report.
    var name: String { get }
    /// How long the device needs quiet after its last interrupt before it may be disarmed.
    var rest: Nanoseconds { get }
    /// How long the device must be left alone between two raises, so that it merges or repeats none.
    var gap: Nanoseconds { get }
    /// Makes the device raise the vector once. Called in the loop that is timed.
    func raise()
    /// Takes the interrupt back in the device, so that it can be raised again.
    func acknowledge()
}

extension Agent {
    func ring(_ request: Ring) throws(Trouble) -> RingResult {
        let held = try device(request.device)
        guard let vectors = held.armed.last, request.vector.rawValue < vectors.descriptors.count
        else { throw .refused(.wrongState(.notArmed)) }
        let vendor = try config16(held, 0)
        let product = try config16(held, 2)
        switch (vendor, product) {
        case (0x1234, 0x11E8):
            return try ring(request, held, vectors, EduStimulus(try window(held, region: 0)))
        case (0x8086, 0x10D3):
            let window = try window(held, region: 0)
            return try ring(
                request, held, vectors, E1000eStimulus(window, vector: request.vector))
        default:
            throw .refused(.noStimulus(vendor: vendor, device: product))
        }
    }

    private func ring(
        _ request: Ring, _ held: HeldDevice, _ vectors: ArmedVectors, _ stimulus: some Stimulus
    ) throws(Trouble) -> RingResult {
        _ = try setBusMaster(held, true)
        var loop = RingLoop(
            request: request, device: held, vectors: vectors, endSignals: endSignals)
        return loop.run(stimulus)
    }
}
