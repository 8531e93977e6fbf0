// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol

/// Everything that is open, and the calls made for the request at hand.
final class Agent {
    var log = CallLog()
    var containers: [HeldContainer] = []
    var groups: [HeldGroup] = []
    var devices: [HeldDevice] = []
    /// The file that was read in part.
    var reading: HeldReading?
    /// Whether the last request was carried out, and the kernel did what it asked for.
    var hasSucceeded = false
    /// What maps and unmaps while vectors ring.
    var storm: Storm?
    /// What goes on behind the newest answer, once it is written.
    var carryOn: (() -> Void)?
    /// Readable when a signal asks for the end.
    let endSignals: Int32
    private var lastHandle: UInt32 = 0

    init(endSignals: Int32) { self.endSignals = endSignals }

    /// Gives a number that was never given before.
    func freshHandle() -> UInt32 {
        lastHandle += 1
        return lastHandle
    }

    func container(_ handle: ContainerHandle) throws(Trouble) -> HeldContainer {
        for held in containers where held.handle == handle { return held }
        throw .refused(.noSuchHandle(number: handle.rawValue))
    }

    func group(_ handle: GroupHandle) throws(Trouble) -> HeldGroup {
        if handle == .newest, let last = groups.last { return last }
        for held in groups where held.handle == handle { return held }
        throw .refused(.noSuchHandle(number: handle.rawValue))
    }

    func device(_ handle: DeviceHandle) throws(Trouble) -> HeldDevice {
        for held in devices where held.handle == handle { return held }
        throw .refused(.noSuchHandle(number: handle.rawValue))
    }
}
