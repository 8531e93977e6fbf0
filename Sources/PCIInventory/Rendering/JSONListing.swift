// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation

/// The inventory as JSON, with stable names and stable order.
package enum JSONListing {
    /// Writes an array of devices.
    package static func data(_ devices: [PCIDevice]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(devices)
    }

    /// Reads what `data` wrote.
    package static func devices(_ data: Data) throws -> [PCIDevice] {
        try JSONDecoder().decode([PCIDevice].self, from: data)
    }
}
