// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension Agent {
    func openDevice(_ request: OpenDevice) throws(Trouble) -> OpenedDevice {
        let group = try group(request.group)
        let name = request.address.description
        let descriptor = try log.make(.groupGetDeviceFD, UInt64(group.number.rawValue)) {
            name.withCString { name in
                Int(
                    board_ioctl(
                        group.descriptor, board_group_get_device_fd(),
                        UnsafeMutableRawPointer(mutating: name)))
            }
        }
        let held = HeldDevice(
            handle: DeviceHandle(rawValue: freshHandle()), group: group,
            descriptor: Int32(descriptor))
        devices.append(held)
        return try describe(held)
    }

    private func describe(_ held: HeldDevice) throws(Trouble) -> OpenedDevice {
        var info = vfio_device_info()
        // Up to and without the capability offset: older kernels know no more.
        info.argsz = 16
        _ = try log.make(.deviceGetInfo) {
            Int(board_ioctl(held.descriptor, board_device_get_info(), &info))
        }
        var interrupts: [InterruptInfo] = []
        for index in 0..<min(info.num_regions, 64) {
            if let region = regionInfo(held, index) { held.regions.append(region) }
        }
        for index in 0..<min(info.num_irqs, 64) {
            do throws(Trouble) {
                interrupts.append(try interruptInfo(held, index))
            } catch {
                // Its call record tells: a device need not have every kind.
            }
        }
        return OpenedDevice(
            device: held.handle, flags: info.flags, regions: held.regions, interrupts: interrupts)
    }

    func resetDevice(_ request: ResetDevice) throws(Trouble) -> Done {
        let held = try device(request.device)
        _ = try log.make(.deviceReset) {
            Int(board_ioctl_number(held.descriptor, board_device_reset(), 0))
        }
        held.forgetQueues()
        return Done()
    }

    /// Resets a device by its own register, where it has one that we know.
    func disturb(_ request: DisturbDevice) throws(Trouble) -> Done {
        let held = try device(request.device)
        switch try choice(held) {
        case .e1000e:
            let window = try window(held, region: 0)
            try made { () throws(Refusal) in try E1000eStimulus.resetByRegister(window) }
        case .igb:
            let window = try window(held, region: 0)
            try made { () throws(Refusal) in try IGBStimulus.resetByRegister(window) }
        case .nvme:
            // A controller that is not enabled is reset (CC.EN, NVMe 1.4, 3.1.5).
            let window = try window(held, region: 0)
            try made { () throws(Refusal) in try window.want(0x20) }
            window.store(0x14, 0)
            held.forgetQueues()
        case .edu, .ivshmem, nil: throw .refused(.wrongState(.noOwnReset))
        }
        // A card needs a millisecond at least before its registers may be touched again.
        board_rest(20_000_000)
        return Done()
    }
}
