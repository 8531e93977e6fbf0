// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Pulls a device out of its slot.
    ///
    /// A device that is open stays, with all that is armed, until its user lets it go: its driver's
    /// remove waits for that, and says so (`vfio_unregister_group_dev`, `vfio_pci_core_request`,
    /// 6.1).
    mutating func unplug(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard devices[name] != nil, unplugged.insert(name).inserted else {
            seen.outcome = .impossible(reason: "device \(name) is not in its slot")
            return
        }
        hosted.remove(name)
        if attached[name] != nil { seen.log.append(.removalWaits) }
    }

    /// Puts a device back; its host driver finds it, unless a user has the group.
    mutating func plug(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let address = devices[name], unplugged.contains(name), attached[name] == nil else {
            seen.outcome = .impossible(reason: "device \(name) is in its slot")
            return
        }
        unplugged.remove(name)
        guard isOwned(board.group(of: address)) else { return _ = hosted.insert(name) }
        if !claimsGroups { lostTo = Self.kernelStops }
    }
}
