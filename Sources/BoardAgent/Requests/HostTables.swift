// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    /// Reads the table of a device that is not ours: through sysfs, and only while it is awake.
    func readHostMSIXTable(_ request: ReadHostMSIXTable) throws(Trouble) -> MSIXTable {
        let folder = "/sys/bus/pci/devices/" + request.address.description
        let space = try config(ofHost: folder)
        guard space.isAwake else { throw .refused(.wrongState(.asleep)) }
        let place = try MSIXPlace(space)
        let table = try words(folder, at: place.table, count: 4 * place.count)
        let pending = try words(folder, at: place.pending, count: place.pendingWords)
        return MSIXTable(place, table, pending)
    }

    private func config(ofHost folder: String) throws(Trouble) -> ConfigSpace {
        let path = folder + "/config"
        let descriptor = Int32(try log.make(.open) { Int(board_open_to_read(path)) })
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let got = try log.make(.pread) { pread(descriptor, &bytes, 256, 0) }
        return ConfigSpace(bytes: Array(bytes.prefix(got)))
    }

    /// Maps just the pages that hold the words, reads them, and lets go.
    private func words(
        _ folder: String, at place: UInt32, count: Int
    ) throws(Trouble) -> [UInt32] {
        let path = folder + "/resource" + String(place & 7)
        let descriptor = Int32(try log.make(.open, UInt64(place & 7)) { Int(board_open(path)) })
        defer { close(descriptor) }
        let page = Int(getpagesize())
        let offset = Int(place & ~7)
        let start = offset / page * page
        let length = (offset - start + 4 * count + page - 1) / page * page
        let base = try log.map(UInt64(start)) {
            board_map_file(descriptor, length, UInt64(start))
        }
        defer { munmap(base, length) }
        var words: [UInt32] = []
        for index in 0..<count { words.append(board_load32(base, offset - start + 4 * index)) }
        return words
    }
}
