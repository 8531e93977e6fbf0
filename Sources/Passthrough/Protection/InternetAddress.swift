// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads internet addresses as text into their bytes.
enum InternetAddress {
    /// Four or sixteen bytes; nothing for a text that is no address.
    static func bytes(_ text: String) -> [UInt8]? {
        // A link-local address carries its interface behind a percent sign.
        let bare = text.split(separator: "%", maxSplits: 1).first.map(String.init) ?? ""
        return bare.contains(":") ? six(bare) : four(bare)
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func six(_ text: String) -> [UInt8]? {
        let halves = halves(of: text)
        guard halves.count <= 2 else { return nil }
        let groups = halves.map { half in half.split(separator: ":").map(pair) }
        guard groups.allSatisfy({ $0.allSatisfy { $0 != nil } }) else { return nil }
        let parts = groups.map { $0.compactMap { $0 }.flatMap { $0 } }
        let known = parts.reduce(0) { $0 + $1.count }
        guard parts.count == 2 ? known <= 14 : known == 16 else { return nil }
        let zeros = [UInt8](repeating: 0, count: 16 - known)
        return parts.count == 2 ? parts[0] + zeros + parts[1] : parts[0]
    }

    /// Splits at `::`, of which there may be one.
    private static func halves(of text: String) -> [Substring] {
        var halves: [Substring] = []
        var rest = text[...]
        while let place = rest.indices.dropLast().first(where: {
            rest[$0] == ":" && rest[rest.index(after: $0)] == ":"
        }) {
            halves.append(rest[..<place])
            rest = rest[rest.index(place, offsetBy: 2)...]
        }
        return halves + [rest]
    }

    private static func pair(_ group: Substring) -> [UInt8]? {
        guard group.utf8.count <= 4, let value = UInt16(group, radix: 16) else { return nil }
        return [UInt8(value >> 8), UInt8(value & 0xff)]
    }
}
