// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// A device that is open, its regions, and the vectors that are armed.
final class HeldDevice {
    let handle: DeviceHandle
    let group: HeldGroup
    let descriptor: Int32
    var regions: [RegionInfo] = []
    /// VFIO arms one kind at a time; a list, because that is the kernel's rule to keep, not ours.
    var armed: [ArmedVectors] = []
    var windows: [RegisterWindow] = []
    /// How bus mastering was switched by request; nothing while nobody asked.
    var busMaster: Bool?
    /// The queues of an NVMe controller, while it is armed.
    var nvme: HeldNVMe?
    /// Why an NVMe controller has no queues, where it should.
    var queueTrouble: Refusal?

    init(handle: DeviceHandle, group: HeldGroup, descriptor: Int32) {
        self.handle = handle
        self.group = group
        self.descriptor = descriptor
    }
}

/// The eventfds of a device's armed vectors.
final class ArmedVectors {
    let kind: InterruptKind
    private(set) var descriptors: [Int32]
    private(set) var tallies: [SignalTally]

    init(kind: InterruptKind, descriptors: [Int32]) {
        self.kind = kind
        self.descriptors = descriptors
        tallies = [SignalTally](repeating: SignalTally(), count: descriptors.count)
    }

    var count: Int { descriptors.count }

    /// Counts signals that somebody has read from a vector's eventfd.
    func count(_ value: UInt64, at vector: Int) { tallies[vector].add(value) }

    /// Takes the signals that wait at a vector; 0 when none do, or nobody knows how many.
    @discardableResult
    func drain(_ vector: Int) -> UInt64 {
        var value: UInt64 = 0
        guard read(descriptors[vector], &value, 8) == 8 else { return 0 }
        return tallies[vector].add(value)
    }

    /// Takes what comes at a vector while some time passes.
    func settle(_ vector: Int, for time: Nanoseconds) -> UInt64 {
        let deadline = board_now() &+ time.rawValue
        var came = drain(vector)
        while board_now() < deadline {
            board_rest(1_000_000)
            came &+= drain(vector)
        }
        return came
    }

    /// Puts other eventfds in the place of the first ones, and closes those.
    func replace(by fresh: ArmedVectors) {
        for (index, descriptor) in fresh.descriptors.enumerated() {
            if index < descriptors.count {
                _ = CBoard.close(descriptors[index])
                descriptors[index] = descriptor
            } else {
                descriptors.append(descriptor)
                tallies.append(SignalTally())
            }
        }
    }

    func close() {
        for descriptor in descriptors { _ = CBoard.close(descriptor) }
    }
}

/// The registers of a BAR, mapped.
struct RegisterWindow {
    let region: UInt32
    let base: UnsafeMutableRawPointer
    let length: Int
}
