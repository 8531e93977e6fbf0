// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension TypeOneHost {
    /// Closes a device; its group leaves with the last of its devices.
    mutating func detach(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let device = attached.removeValue(forKey: name) else {
            return isNotAttached(name, &seen)
        }
        seen.userUnmaps = leave(device)
        if containers[device.container]?.groups.isEmpty == false { seen.iovaRanges = iovaRanges }
    }

    /// Closes a container with all that is in it.
    mutating func close(_ name: ContainerName, _ seen: inout StepExpectation) {
        guard containers[name] != nil else {
            seen.outcome = .impossible(reason: "container \(name) is not open")
            return
        }
        for (device, state) in attached.sorted(by: { $0.key < $1.key })
        where state.container == name {
            attached[device] = nil
            seen.userUnmaps += leave(state)
        }
        containers[name] = nil
    }

    private mutating func leave(_ device: AttachedDevice) -> [IOVARange] {
        let group = board.group(of: device.address)
        let shared = attached.values.contains {
            $0.container == device.container && board.group(of: $0.address) == group
        }
        return shared ? [] : containers[device.container]?.remove(group) ?? []
    }
}
