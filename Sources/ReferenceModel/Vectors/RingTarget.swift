// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Where a vector's message would go if nothing translated it, and with which data.
struct RingTarget: Sendable, Hashable {
    /// The registers that may be meant; one where it is certain.
    let registers: [PhysicalAddress]
    let data: VectorData
    /// Why there are several.
    static let uncertainty = "which interrupts are free decides, and others take some"
}

extension Host {
    /// The targets of the first vectors of a device; nothing where its controller is not known, or
    /// it has none.
    func targets(
        of device: PCIAddress, _ kind: InterruptKind, _ vectors: UInt32
    ) -> [RingTarget]? {
        guard let controller = board.controller(of: device) else { return nil }
        // Of MSI only the first message stands in a register; the device adds the vector to its
        // data.
        let (messages, block) = kind == .msi ? (1, vectors) : (vectors, 1)
        let targets = (0..<messages).compactMap { vector in
            let context = board.context(
                of: device, vector: VectorIndex(rawValue: vector), block: block)
            let candidates = controller.candidates(for: context)
            let registers = Set(candidates.flatMap { $0.registers(for: context) }).sorted()
            guard !registers.isEmpty else { return RingTarget?.none }
            return RingTarget(
                registers: registers, data: .anyOf(candidates.map { $0.data(for: context) }))
        }
        return targets.count == Int(messages) ? targets : nil
    }
}

extension VectorData {
    /// What any of several doorbells may say.
    static func anyOf(_ data: [VectorData]) -> VectorData {
        if data.count == 1, let only = data.first { return only }
        let runs = data.flatMap { one -> [DataRun] in
            switch one {
            case .exactly(let value): [DataRun(first: value, last: value)].compactMap(\.self)
            case .within(let runs): runs
            }
        }
        return .within(runs)
    }
}
