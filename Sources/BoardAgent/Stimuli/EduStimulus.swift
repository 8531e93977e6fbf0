// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// QEMU's `edu`, 1234:11e8 (docs/specs/edu.txt): a write to 0x60 raises, a write to 0x64 takes back.
struct EduStimulus: Stimulus {
    let name = "edu BAR0+0x60"
    let rest = Nanoseconds.zero
    let gap = Nanoseconds.zero
    private let base: UnsafeMutableRawPointer

    /// Checks that an edu answers: its identity, and the register that inverts what is written.
    init(_ window: RegisterWindow) throws(Trouble) {
        base = window.base
        guard window.length >= 0x80 else { throw .refused(.wrongState(.notMappable)) }
        let identity = board_load32(base, 0)
        guard identity != .max else { throw .refused(.deviceSilent(register: 0)) }
        guard identity & 0xFFFF == 0x00ED else {
            throw .refused(.unexpectedRegister(register: 0, found: identity))
        }
        board_store32(base, 4, 0x1234_5678)
        let inverted = board_load32(base, 4)
        guard inverted == ~0x1234_5678 else {
            throw .refused(.unexpectedRegister(register: 4, found: inverted))
        }
    }

    func raise() { board_store32(base, 0x60, 1) }
    func acknowledge() { board_store32(base, 0x64, 1) }
}
