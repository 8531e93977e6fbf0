// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    func readMSIXTable(_ request: ReadMSIXTable) throws(Trouble) -> MSIXTable {
        let held = try device(request.device)
        let capability = try msixCapability(held)
        let count = Int(capability.half(2) & 0x7FF) + 1
        let raw = try words(held, at: capability.word(4), count: 4 * count)
        let pending = try words(held, at: capability.word(8), count: (count + 63) / 64 * 2)
        var entries: [MSIXEntry] = []
        for index in 0..<count {
            entries.append(MSIXEntry(raw[4 * index..<4 * index + 4]))
        }
        return MSIXTable(
            capability: capability.bytes, entries: entries, raw: bytes(of: raw),
            pending: bytes(of: pending))
    }

    /// Walks the capability list to MSI-X, ID 0x11 (PCI 3.0, 6.7 and 6.8.2).
    private func msixCapability(_ held: HeldDevice) throws(Trouble) -> Answer {
        var offset = UInt32(try config16(held, 0x34) & 0xFC)
        var seen = 0
        while offset >= 0x40, seen < 48 {
            let head = try config16(held, offset)
            if head & 0xFF == 0x11 {
                return Answer(bytes: try read(held, 7, at: UInt64(offset), size: 12))
            }
            offset = UInt32(head >> 8 & 0xFC)
            seen += 1
        }
        throw .refused(.wrongState(.noMSIX))
    }

    /// Reads registers at a place that the capability names: BAR in bits 0 to 2, offset above.
    private func words(
        _ held: HeldDevice, at place: UInt32, count: Int
    ) throws(Trouble) -> [UInt32] {
        let window = try window(held, region: place & 7)
        let offset = Int(place & ~7)
        guard offset + 4 * count <= window.length else {
            throw .refused(
                .beyondLimit(number: UInt64(offset + 4 * count), limit: UInt64(window.length)))
        }
        var words: [UInt32] = []
        for index in 0..<count { words.append(board_load32(window.base, offset + 4 * index)) }
        return words
    }

    private func bytes(of words: [UInt32]) -> [UInt8] {
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
