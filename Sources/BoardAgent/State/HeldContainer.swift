// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

/// A container that is open, and the memory that was mapped in it.
final class HeldContainer {
    let handle: ContainerHandle
    let descriptor: Int32
    var mappings: [HeldMapping] = []

    init(handle: ContainerHandle, descriptor: Int32) {
        self.handle = handle
        self.descriptor = descriptor
    }
}

/// Memory that a device can reach.
struct HeldMapping {
    let iova: IOVA
    let size: ByteCount
    let memory: UnsafeMutableRawPointer
    /// In whole pages: at least `size`.
    let length: Int
}
