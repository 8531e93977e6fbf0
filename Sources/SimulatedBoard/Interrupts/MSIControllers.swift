// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// All MSI controllers of a board, with what they have given out.
struct MSIControllers {
    let descriptions: [ControllerDescription]
    private var bitmaps: [SPIBitmap?]
    private var devices: [[UInt16: ITSDevice]]

    /// What an ITS knows of a DevID.
    struct ITSDevice {
        let events: UInt32
        var taken: Set<UInt32> = []
        /// Several functions ring by one DevID, so its table is never given back.
        var isShared: Bool
    }

    init(_ descriptions: [ControllerDescription]) {
        self.descriptions = descriptions
        bitmaps = descriptions.map {
            switch $0.kind {
            case .frame(let spis), .mbi(let spis): SPIBitmap(spis: spis)
            case .its, .preITS: nil
            }
        }
        devices = descriptions.map { _ in [:] }
    }

    /// Whether a device's write can only raise the device's own interrupts.
    func isIsolated(_ controller: Int) -> Bool { descriptions[controller].kind == .its }

    var areAllIsolated: Bool { descriptions.indices.allSatisfy(isIsolated) }

    /// Makes an ITS ready for a function's vectors (`its_pci_msi_prepare`, 6.1).
    mutating func prepare(_ function: PCIFunction, vectors: UInt32, sharers: [PCIFunction]) {
        let place = function.description.controller
        guard bitmaps[place] == nil else { return }
        let requester = function.description.requester
        guard devices[place][requester] == nil else {
            devices[place][requester]?.isShared = true
            return
        }
        let others = sharers.map { max($0.description.msiVectors, $0.description.msixVectors) }
        let isAlias = !sharers.isEmpty && requester != function.description.address.requesterID
        let wanted = max(vectors, isAlias || sharers.count > 1 ? others.reduce(0, +) : 0)
        let least: UInt32 = requester == 0 ? 32 : 1
        devices[place][requester] = ITSDevice(
            events: max(least, wanted.roundedUpToPowerOfTwo), isShared: sharers.count > 1)
    }

    /// Hands out so many vectors in one piece; nothing where there is no room.
    mutating func take(_ count: UInt32, for function: PCIFunction) -> [MSITicket]? {
        let place = function.description.controller
        guard bitmaps[place] == nil else { return takeSPIs(count, near: place) }
        let requester = function.description.requester
        guard var device = devices[place][requester] else { return nil }
        var first: UInt32 = 0
        while first + count <= device.events {
            if (first..<first + count).allSatisfy({ !device.taken.contains($0) }) { break }
            first += count
        }
        guard first + count <= device.events else { return nil }
        device.taken.formUnion(first..<first + count)
        devices[place][requester] = device
        return (first..<first + count).map { eventTicket(place, $0, requester) }
    }

    /// All frames of a board are one interrupt domain: the first with room serves, whichever frame
    /// firmware named.
    private mutating func takeSPIs(_ count: UInt32, near place: Int) -> [MSITicket]? {
        guard case .frame = descriptions[place].kind else { return takeSPIs(count, at: place) }
        for frame in descriptions.indices {
            guard case .frame = descriptions[frame].kind else { continue }
            if let tickets = takeSPIs(count, at: frame) { return tickets }
        }
        return nil
    }

    private mutating func takeSPIs(_ count: UInt32, at place: Int) -> [MSITicket]? {
        guard let first = bitmaps[place]?.take(count) else { return nil }
        return (first..<first + count).map { spi in
            MSITicket(
                controller: place, event: spi, register: register(place), data: spi,
                requester: nil)
        }
    }

    private func eventTicket(_ place: Int, _ event: UInt32, _ requester: UInt16) -> MSITicket {
        var register = register(place)
        if case .preITS(let window) = descriptions[place].kind {
            register = PhysicalAddress(rawValue: window.rawValue + UInt64(requester) << 2)
        }
        return MSITicket(
            controller: place, event: event, register: register, data: event, requester: requester)
    }

    /// `V2M_MSI_SETSPI_NS`, `GITS_TRANSLATER`, `GICD_SETSPI_NSR`.
    func register(_ place: Int) -> PhysicalAddress {
        let base = descriptions[place].base.rawValue
        return switch descriptions[place].kind {
        case .its, .preITS: PhysicalAddress(rawValue: base + 0x10040)
        case .frame, .mbi: PhysicalAddress(rawValue: base + 0x40)
        }
    }

    /// Takes a vector back.
    mutating func release(_ ticket: MSITicket) {
        guard let requester = ticket.requester else {
            bitmaps[ticket.controller]?.release(ticket.event)
            return
        }
        guard var device = devices[ticket.controller][requester] else { return }
        device.taken.remove(ticket.event)
        let isGone = device.taken.isEmpty && !device.isShared
        devices[ticket.controller][requester] = isGone ? nil : device
    }
}

extension UInt32 {
    /// The smallest power of two that is not less; 1 for 0.
    var roundedUpToPowerOfTwo: UInt32 {
        self <= 1 ? 1 : 1 << UInt32(32 - (self - 1).leadingZeroBitCount)
    }
}
