// SPDX-License-Identifier: GPL-3.0-or-later

/// The Debian archives that this machine's apt knows, written for a private apt.
///
/// Both formats of sources.list(5) are read. Other archives are left out: they have no arm64
/// packages for a board, and some have none at all.
package struct DebianSources: Equatable {
    package private(set) var entries: [Entry] = []

    package init() {}

    /// One archive, suite and set of components.
    package struct Entry: Equatable {
        package let address: String
        package let suites: [String]
        /// A path or key IDs, as the machine's own entry has it.
        package let signedBy: String?

        package init(address: String, suites: [String], signedBy: String?) {
            self.address = address
            self.suites = suites
            self.signedBy = signedBy
        }
    }

    /// Adds the Debian entries of one file of one-line entries (`*.list`).
    package mutating func add(list text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            var words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
                .map(String.init)
            guard words.first == "deb" else { continue }
            words.removeFirst()
            let options = Self.takeOptions(from: &words)
            guard words.count >= 3 else { continue }
            let signedBy = options.first { $0.hasPrefix("signed-by=") }
            add(
                addresses: [words[0]], suites: [words[1]], components: Array(words[2...]),
                signedBy: signedBy.map { String($0.dropFirst("signed-by=".count)) })
        }
    }

    /// Adds the Debian entries of one file of stanzas (`*.sources`).
    package mutating func add(stanzas text: String) {
        for stanza in Self.stanzas(in: text) where stanza["enabled"]?.lowercased() != "no" {
            let words = { (field: String) in
                stanza[field, default: ""].split(whereSeparator: \.isWhitespace).map(String.init)
            }
            guard words("types").contains("deb") else { continue }
            add(
                addresses: words("uris"), suites: words("suites"),
                components: words("components"), signedBy: stanza["signed-by"])
        }
    }

    /// As a file of stanzas, of the main component only and for any architecture.
    package var text: String {
        entries.map { entry in
            var lines = [
                "Types: deb", "URIs: \(entry.address)",
                "Suites: \(entry.suites.joined(separator: " "))", "Components: main",
            ]
            if let signedBy = entry.signedBy { lines.append("Signed-By: \(signedBy)") }
            return lines.map { $0 + "\n" }.joined()
        }.joined(separator: "\n")
    }

    private mutating func add(
        addresses: [String], suites: [String], components: [String], signedBy: String?
    ) {
        guard components.contains("main") else { return }
        for address in addresses where Self.isDebian(address) {
            let entry = Entry(address: address, suites: suites, signedBy: signedBy)
            if !entries.contains(entry) { entries.append(entry) }
        }
    }

    /// Mirrors keep the archive's two names; together with the component `main` they are telling.
    private static func isDebian(_ address: String) -> Bool {
        address.split(separator: "/").contains { $0 == "debian" || $0 == "debian-security" }
    }

    private static func takeOptions(from words: inout [String]) -> [String] {
        guard words.first?.hasPrefix("[") == true,
            let end = words.firstIndex(where: { $0.hasSuffix("]") })
        else { return [] }
        defer { words.removeFirst(end + 1) }
        return words[...end].map { $0.filter { $0 != "[" && $0 != "]" } }.filter { !$0.isEmpty }
    }

    /// Fields by their names in lower case; a field's further lines begin with a space.
    private static func stanzas(in text: String) -> [[String: String]] {
        var stanzas: [[String: String]] = [[:]]
        var field = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") { continue }
            if line.allSatisfy(\.isWhitespace) {
                stanzas.append([:])
            } else if line.first?.isWhitespace == true {
                stanzas[stanzas.count - 1][field, default: ""] += "\n" + line
            } else if let colon = line.firstIndex(of: ":") {
                field = line[..<colon].lowercased()
                let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
                stanzas[stanzas.count - 1][field] = String(value)
            }
        }
        return stanzas.filter { !$0.isEmpty }
    }
}
