// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    /// Maps the registers of a BAR once, and gives them again.
    ///
    /// A device whose memory decoding is off would answer with a bus error: that is asked first.
    func window(_ held: HeldDevice, region index: UInt32) throws(Trouble) -> RegisterWindow {
        let command = try config16(held, 4)
        guard command & 2 != 0 else {
            throw .refused(.unexpectedRegister(register: 4, found: UInt32(command)))
        }
        for window in held.windows where window.region == index { return window }
        let region = try region(held, index)
        // VFIO_REGION_INFO_FLAG_MMAP is bit 2.
        guard region.flags & 4 != 0, region.size.rawValue <= 1 << 30 else {
            throw .refused(.wrongState(.notMappable))
        }
        let length = Int(region.size.rawValue)
        let base = try log.map(region.offset) {
            board_map_file(held.descriptor, length, region.offset)
        }
        let window = RegisterWindow(region: index, base: base, length: length)
        held.windows.append(window)
        return window
    }
}
