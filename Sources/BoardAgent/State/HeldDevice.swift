// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
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

    init(handle: DeviceHandle, group: HeldGroup, descriptor: Int32) {
        self.handle = handle
        self.group = group
        self.descriptor = descriptor
    }
}

/// The eventfds of a device's armed vectors.
final class ArmedVectors {
    let kind: InterruptKind
    let descriptors: [Int32]
    var totals: [UInt64]

    init(kind: InterruptKind, descriptors: [Int32]) {
        self.kind = kind
        self.descriptors = descriptors
        totals = [UInt64](repeating: 0, count: descriptors.count)
    }
}

/// The registers of a BAR, mapped.
struct RegisterWindow {
    let region: UInt32
    let base: UnsafeMutableRawPointer
    let length: Int
}
