// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    func openGroup(_ request: OpenGroup) throws(Trouble) -> OpenedGroup {
        let number = request.number
        let path = "/dev/vfio/" + String(number.rawValue)
        let descriptor = Int32(
            try log.make(.open, UInt64(number.rawValue)) { Int(board_open(path)) })
        let held = HeldGroup(
            handle: GroupHandle(rawValue: freshHandle()), descriptor: descriptor, number: number)
        groups.append(held)
        var status = vfio_group_status()
        status.argsz = UInt32(MemoryLayout<vfio_group_status>.size)
        _ = try log.make(.groupGetStatus, UInt64(number.rawValue)) {
            Int(board_ioctl(descriptor, board_group_get_status(), &status))
        }
        return OpenedGroup(group: held.handle, flags: status.flags)
    }

    func attachGroup(_ request: AttachGroup) throws(Trouble) -> Done {
        let container = try container(request.container)
        let group = try group(request.group)
        var descriptor = container.descriptor
        _ = try log.make(.groupSetContainer, UInt64(group.number.rawValue)) {
            Int(board_ioctl(group.descriptor, board_group_set_container(), &descriptor))
        }
        group.container = container
        return Done()
    }

    func detachGroup(_ request: DetachGroup) throws(Trouble) -> Done {
        let group = try group(request.group)
        _ = try log.make(.groupUnsetContainer, UInt64(group.number.rawValue)) {
            Int(board_ioctl_number(group.descriptor, board_group_unset_container(), 0))
        }
        let container = group.container
        group.container = nil
        if let container { forgetMappings(ofEmpty: container) }
        return Done()
    }
}
