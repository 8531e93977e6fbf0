// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let upperHalfIsZero = Invariant(
        id: .msi(9), name: "upper-half-is-zero",
        statement:
            "A message lies below 4 GiB in the fixed window, and in every design where the device's register is no wider.",
        generations: .translated, needs: [.messages],
        reason:
            "MSI_IOVA_BASE, arm-smmu-v3.c, 6.1; PCI Local Bus 3.0, 6.8.1: a function may have a 32-bit address"
    ) { judged in
        var seen = Observations(.msi(9))
        judged.noteUnreadMessages(&seen)
        let fixed = Set<Generation>.softwareWindow.contains(judged.expectation.generation)
        for message in judged.messages.all where message.message.address != .allOnes {
            let narrow = judged.isNarrow(message)
            guard fixed || narrow else { continue }
            let maps = judged.liveDoorbellMaps(in: message.domain, after: message.step)
            let high = maps.compactMap(\.map).filter {
                message.expected?.pages.contains($0.paddr) ?? false
                    && $0.range.first.rawValue >> 32 != 0
            }
            seen.check(
                message.message.address.rawValue >> 32 == 0 && !(narrow && !high.isEmpty),
                message.subject, expected: "an address below 4 GiB",
                observed: high.first.map { "its doorbell at \($0.range.first)" }
                    ?? "address \(message.message.address)",
                basis: Basis.law, lines: message.lines + maps.map(\.line))
        }
        return seen
    }
}

extension JudgedCase {
    /// Whether the device's address register has 32 bits.
    fileprivate func isNarrow(_ message: SeenMessage) -> Bool {
        guard message.kind == .msi,
            let space = steps[message.step].seen.configuration[message.device]
        else { return false }
        return MSICapability(in: space).map { !$0.isWide } ?? false
    }
}
