// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension Agent {
    func readMSIXTable(_ request: ReadMSIXTable) throws(Trouble) -> MSIXTable {
        let held = try device(request.device)
        let place = try MSIXPlace(try config(held))
        let table = try registers(
            try window(held, region: place.table & 7), at: place.table, count: 4 * place.count)
        let pending = try registers(
            try window(held, region: place.pending & 7), at: place.pending,
            count: place.pendingWords)
        return MSIXTable(place, table, pending)
    }

    /// Reads registers at a place that the capability names: BAR in bits 0 to 2, offset above.
    func registers(
        _ window: RegisterWindow, at place: UInt32, count: Int
    ) throws(Trouble) -> [UInt32] {
        let offset = Int(place & ~7)
        guard offset + 4 * count <= window.length else {
            throw .refused(
                .beyondLimit(number: UInt64(offset + 4 * count), limit: UInt64(window.length)))
        }
        var words: [UInt32] = []
        for index in 0..<count { words.append(window.load(offset + 4 * index)) }
        return words
    }
}

/// Where a function's MSI-X table lies (PCI 3.0, 6.8.2).
struct MSIXPlace {
    /// The twelve bytes of the capability.
    let capability: [UInt8]
    let count: Int
    /// BAR in bits 0 to 2, offset above.
    let table: UInt32
    let pending: UInt32

    var pendingWords: Int { (count + 63) / 64 * 2 }

    /// Reads the capability, ID 0x11.
    init(_ space: ConfigSpace) throws(Trouble) {
        guard let offset = space.capability(ConfigSpace.msix), offset + 12 <= space.bytes.count
        else { throw .refused(.wrongState(.noMSIX)) }
        capability = Array(space.bytes[offset..<offset + 12])
        count = Int(space.half(offset + 2) & 0x7FF) + 1
        table = space.word(offset + 4)
        pending = space.word(offset + 8)
    }
}

extension MSIXTable {
    init(_ place: MSIXPlace, _ table: [UInt32], _ pending: [UInt32]) {
        var entries: [MSIXEntry] = []
        for index in 0..<place.count {
            entries.append(MSIXEntry(table[4 * index..<4 * index + 4]))
        }
        self.init(
            capability: place.capability, entries: entries, raw: Self.bytes(of: table),
            pending: Self.bytes(of: pending))
    }

    private static func bytes(of words: [UInt32]) -> [UInt8] {
        var writer = WireWriter()
        for word in words { writer.integer(word) }
        return writer.bytes
    }
}

extension MSIXEntry {
    fileprivate init(_ words: ArraySlice<UInt32>) {
        let start = words.startIndex
        self.init(
            message: MSIMessage(
                address: MessageAddress(
                    rawValue: UInt64(words[start]) | UInt64(words[start + 1]) << 32),
                data: words[start + 2]),
            control: words[start + 3])
    }
}
