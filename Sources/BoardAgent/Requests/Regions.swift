// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// The largest read of one request.
private let largestRead: UInt32 = 1 << 16
/// `VFIO_PCI_CONFIG_REGION_INDEX`.
private let configRegion: UInt32 = 7

extension Agent {
    /// Asks for one region; nothing where the device does not have it, as its call record tells.
    func regionInfo(_ held: HeldDevice, _ index: UInt32) -> RegionInfo? {
        do throws(Trouble) {
            let answer = try wholeAnswer(.deviceGetRegionInfo, argument: index, head: 32) {
                answer in
                answer.ioctl(held.descriptor, board_get_region_info())
            }
            return RegionInfo(
                index: index, flags: answer.word(4), size: ByteCount(rawValue: answer.long(16)),
                offset: answer.long(24), raw: answer.bytes)
        } catch {
            return nil
        }
    }

    func readRegion(_ request: ReadRegion) throws(Trouble) -> BytesRead {
        let held = try device(request.device)
        return BytesRead(
            bytes: try read(held, request.region, at: request.offset, size: request.size))
    }

    func readConfig(_ request: ReadConfig) throws(Trouble) -> BytesRead {
        let held = try device(request.device)
        return BytesRead(
            bytes: try read(held, configRegion, at: UInt64(request.offset), size: request.size))
    }

    func setBusMaster(_ request: SetBusMaster) throws(Trouble) -> CommandRegister {
        let held = try device(request.device)
        held.busMaster = request.isOn
        return try setBusMaster(held, request.isOn)
    }

    /// Switches bus mastering on, unless it was switched off by request.
    func grantBusMaster(_ held: HeldDevice) throws(Trouble) {
        if held.busMaster != false { _ = try setBusMaster(held, true) }
    }

    /// Switches bit 2 of the command register (PCI 3.0, 6.2.2) and reads back what came of it.
    func setBusMaster(_ held: HeldDevice, _ isOn: Bool) throws(Trouble) -> CommandRegister {
        let before = try config16(held, 4)
        let wanted = isOn ? before | 4 : before & ~4
        var bytes = [UInt8(truncatingIfNeeded: wanted), UInt8(truncatingIfNeeded: wanted >> 8)]
        let offset = try region(held, configRegion).offset + 4
        _ = try log.make(.pwrite, 4) {
            Int(pwrite(held.descriptor, &bytes, 2, Int(offset)))
        }
        return CommandRegister(before: before, after: try config16(held, 4))
    }

    /// Reads the configuration space of a device as VFIO shows it.
    func config(_ held: HeldDevice) throws(Trouble) -> ConfigSpace {
        ConfigSpace(bytes: try read(held, configRegion, at: 0, size: 256))
    }

    /// Writes a word of configuration space through VFIO.
    func write(_ held: HeldDevice, config offset: Int, _ value: UInt32) throws(Trouble) {
        var value = value
        let place = try region(held, configRegion).offset + UInt64(offset)
        _ = try log.make(.pwrite, UInt64(offset)) {
            Int(pwrite(held.descriptor, &value, 4, Int(place)))
        }
    }

    func config16(_ held: HeldDevice, _ offset: UInt32) throws(Trouble) -> UInt16 {
        let bytes = try read(held, configRegion, at: UInt64(offset), size: 2)
        guard bytes.count == 2 else { throw .kernel(.pread, .inputOutput) }
        return UInt16(bytes[0]) | UInt16(bytes[1]) << 8
    }

    func read(
        _ held: HeldDevice, _ index: UInt32, at offset: UInt64, size: UInt32
    ) throws(Trouble) -> [UInt8] {
        guard size <= largestRead else {
            throw .refused(.beyondLimit(number: UInt64(size), limit: UInt64(largestRead)))
        }
        let region = try region(held, index)
        guard offset <= region.size.rawValue else {
            throw .refused(.beyondLimit(number: offset, limit: region.size.rawValue))
        }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let got = try log.make(.pread, offset) {
            pread(held.descriptor, &bytes, Int(size), Int(region.offset + offset))
        }
        return Array(bytes.prefix(got))
    }

    func region(_ held: HeldDevice, _ index: UInt32) throws(Trouble) -> RegionInfo {
        for region in held.regions where region.index == index { return region }
        throw .refused(.noSuchHandle(number: index))
    }
}
