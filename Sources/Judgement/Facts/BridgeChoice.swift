// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// Chooses among the routes of several host bridges.
enum BridgeChoice {
    /// What all bridges that may be meant agree on.
    ///
    /// A bridge without `linux,pci-domain` gets its number when it is probed, which no tree tells:
    /// two of them that lead to different places leave the question open.
    static func agreed<Result: Equatable>(
        _ routes: [RequesterRoute], _ device: PCIAddress,
        _ follow: ([RequesterRoute], PCIAddress) -> Result?
    ) -> Result? {
        let serving = routes.filter { $0.serves(device) }
        let numbered = serving.filter { $0.domain != nil }
        let byBridge = Dictionary(grouping: numbered.isEmpty ? serving : numbered, by: \.bridge)
        let results = byBridge.values.map { follow($0, device) }
        guard let first = results.first, results.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}
