// SPDX-License-Identifier: GPL-3.0-or-later

/// What the capability chains of a function hold, and what was odd about them.
package struct CapabilityList: Hashable, Sendable {
    /// In the order of the chains: conventional first.
    package internal(set) var capabilities: [Capability] = []
    package internal(set) var notes: [CapabilityNote] = []

    /// Finds the first capability with an id.
    package func first(_ id: CapabilityID) -> Capability? {
        capabilities.first { $0.id == id }
    }
}

extension ConfigurationSpace {
    /// Walks both chains and decodes what they hold; never fails, whatever the bytes are.
    ///
    /// The walk stops where Linux stops (`drivers/pci/pci.c`, `__pci_find_next_cap_ttl` and
    /// `pci_find_next_ext_capability`, 6.1): a pointer below 0x40 or 0x100, an all-ones header.
    package var capabilityList: CapabilityList {
        var list = CapabilityList()
        guard !isAllOnes else {
            list.notes.append(.allOnes)
            return list
        }
        guard let header = headerType, let status = word(at: 0x06) else {
            list.notes.append(.headerUnreadable)
            return list
        }
        if status & Self.hasCapabilities != 0 {
            walkConventional(from: header, into: &list)
        }
        if list.first(.express) != nil, bytes.count > Self.extendedStart {
            walkExtended(into: &list)
        }
        return list
    }

    /// Capability List, bit 4 of the status register.
    private static let hasCapabilities: UInt16 = 0x10
    private static let extendedStart = 0x100

    private func walkConventional(from header: HeaderType, into list: inout CapabilityList) {
        var seen = Set<Int>()
        var place = Int(byte(at: header.capabilityPointer) ?? 0) & ~3
        while place != 0 {
            guard place >= 0x40 else { return list.notes.append(.pointerOutside(at: place)) }
            guard seen.insert(place).inserted else { return list.notes.append(.loop(at: place)) }
            guard let id = byte(at: place), let next = byte(at: place + 1) else {
                return list.notes.append(.beyondWhatWasRead(at: place))
            }
            guard id != 0xff else { return list.notes.append(.onesInChain(at: place)) }
            decode(.conventional(id), version: nil, at: place, into: &list)
            place = Int(next) & ~3
        }
    }

    private func walkExtended(into list: inout CapabilityList) {
        var seen = Set<Int>()
        var place = Self.extendedStart
        while place != 0 {
            guard place >= Self.extendedStart else {
                return list.notes.append(.pointerOutside(at: place))
            }
            guard seen.insert(place).inserted else { return list.notes.append(.loop(at: place)) }
            guard let header = long(at: place) else {
                return list.notes.append(.beyondWhatWasRead(at: place))
            }
            guard header != 0 else { return }
            guard header != .max else { return list.notes.append(.onesInChain(at: place)) }
            decode(
                .extended(UInt16(header & 0xffff)), version: UInt8(header >> 16 & 0xf), at: place,
                into: &list)
            place = Int(header >> 20) & ~3
        }
    }

    private func decode(
        _ id: CapabilityID, version: UInt8?, at place: Int, into list: inout CapabilityList
    ) {
        let content = CapabilityContent(decoding: id, at: place, of: self)
        if content == .undecoded {
            list.notes.append(.truncated(id: id, at: place))
        }
        list.capabilities.append(
            Capability(offset: place, id: id, version: version, content: content))
    }
}
