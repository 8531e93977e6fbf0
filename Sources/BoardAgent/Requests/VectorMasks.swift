// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension Agent {
    func maskVector(_ request: MaskVector) throws(Trouble) -> MaskedVector {
        let held = try device(request.device)
        let vectors = try armed(held, request.vector)
        let vector = Int(request.vector.rawValue)
        vectors.drain(vector)
        let (before, after) = try setMask(held, vectors, vector, request.isMasked)
        let signals = vectors.settle(vector, for: request.settling)
        return MaskedVector(wasMasked: before, isMasked: after, signals: signals)
    }

    /// Sets or clears a vector's mask bit, and gives it as it was and as it is.
    func setMask(
        _ held: HeldDevice, _ vectors: ArmedVectors, _ vector: Int, _ isMasked: Bool
    ) throws(Trouble) -> (Bool, Bool) {
        switch vectors.kind {
        case .msix: try maskEntry(held, vector, isMasked)
        case .msi: try maskBit(held, vector, isMasked)
        case .intx: throw .refused(.wrongState(.notMaskable))
        }
    }

    /// Bit 0 of the entry's control word; the other bits are not ours.
    private func maskEntry(
        _ held: HeldDevice, _ vector: Int, _ isMasked: Bool
    ) throws(Trouble) -> (Bool, Bool) {
        let place = try MSIXPlace(try config(held))
        let window = try window(held, region: place.table & 7)
        let offset = Int(place.table & ~7) + 16 * vector + 12
        guard vector < place.count, offset + 4 <= window.length else {
            throw .refused(.beyondLimit(number: UInt64(vector), limit: UInt64(place.count - 1)))
        }
        let before = window.load(offset)
        window.store(offset, isMasked ? before | 1 : before & ~1)
        return (before & 1 != 0, window.load(offset) & 1 != 0)
    }

    /// The capability's mask bits, which VFIO passes through to the device
    /// (`init_pci_cap_msi_perm`, drivers/vfio/pci/vfio_pci_config.c, 6.1).
    private func maskBit(
        _ held: HeldDevice, _ vector: Int, _ isMasked: Bool
    ) throws(Trouble) -> (Bool, Bool) {
        let space = try config(held)
        guard let msi = space.capability(ConfigSpace.msi), vector < 32 else {
            throw .refused(.wrongState(.notMaskable))
        }
        let control = space.half(msi + 2)
        // Bit 8 says that there are mask bits, bit 7 that the address has an upper half.
        guard control & 0x100 != 0 else { throw .refused(.wrongState(.notMaskable)) }
        let offset = msi + (control & 0x80 != 0 ? 16 : 12)
        let bit: UInt32 = 1 << UInt32(vector)
        let before = space.word(offset)
        try write(held, config: offset, isMasked ? before | bit : before & ~bit)
        return (before & bit != 0, try config(held).word(offset) & bit != 0)
    }
}
