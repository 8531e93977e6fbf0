// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension RegisterWindow: Registers {
    func load(_ offset: Int) -> UInt32 { board_load32(base, offset) }
    func store(_ offset: Int, _ value: UInt32) { board_store32(base, offset, value) }
    func store64(_ offset: Int, _ value: UInt64) { board_store64(base, offset, value) }
}

/// Memory of a container in which a device has its queues.
struct QueueMemory: DeviceMemory {
    let mapping: HeldMapping

    var address: UInt64 { mapping.iova.rawValue }
    var length: Int { Int(mapping.size.rawValue) }
    func load(_ offset: Int) -> UInt32 { board_load32(mapping.memory, offset) }
    func store(_ offset: Int, _ value: UInt32) { board_store32(mapping.memory, offset, value) }
    func publish() { board_publish() }
}

typealias HeldNVMe = NVMeController<RegisterWindow, QueueMemory>
