// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol

/// A group that is open.
final class HeldGroup {
    let handle: GroupHandle
    let descriptor: Int32
    let number: GroupNumber
    var container: HeldContainer?

    init(handle: GroupHandle, descriptor: Int32, number: GroupNumber) {
        self.handle = handle
        self.descriptor = descriptor
        self.number = number
    }
}
