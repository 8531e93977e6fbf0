// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

/// The lines of a bridge: bus numbers and windows.
enum BridgeLines {
    static func lines(_ bridge: PCIBridge) -> [String] {
        [
            window("I/O behind bridge", bridge.ports),
            window("Memory behind bridge", bridge.memory),
            window("Prefetchable memory behind bridge", bridge.prefetchableMemory),
        ].compactMap(\.self)
    }

    private static func window(_ name: String, _ window: BridgeWindow?) -> String? {
        guard let window else { return nil }
        let bits = " [\(window.addressBits)-bit]"
        guard window.isOpen else { return "\t\(name): [disabled]\(bits)" }
        let width = window.addressBits / 4
        let first = Hexadecimal.digits(window.first.rawValue, width: width)
        let last = Hexadecimal.digits(window.last.rawValue, width: width)
        let count = window.last.rawValue - window.first.rawValue
        let size = count == .max ? "" : VerboseListing.size(.bytes(count + 1))
        return "\t\(name): \(first)-\(last)\(size)\(bits)"
    }
}
