// SPDX-License-Identifier: GPL-3.0-or-later

/// A package of Debian, or several that differ only in a version, of which the newest is meant.
package struct DebianPackage: Hashable, Sendable, CustomStringConvertible {
    /// A name in which each `*` stands for digits and dots: `linux-image-6.1.0-*-arm64`.
    ///
    /// Letters are left out so that the `-rt-`, `-cloud-` and `-dbg` packages do not match.
    package let pattern: String

    /// Takes a pattern, or nothing when it can be no package's name (Debian policy, 5.6.1).
    package init?(pattern: String) {
        guard let first = pattern.utf8.first, Self.isAlphanumeric(first), pattern.utf8.count > 1,
            pattern.utf8.allSatisfy({ Self.isAlphanumeric($0) || "+-.*".utf8.contains($0) }),
            !pattern.contains("**")
        else { return nil }
        self.pattern = pattern
    }

    /// Tells whether a package of this name is meant.
    package func matches(_ name: String) -> Bool {
        Self.matches(Substring(pattern), Substring(name))
    }

    /// What every name that is meant begins with.
    package var prefix: String { String(pattern.prefix { $0 != "*" }) }

    /// The newest of the names that are meant, by numbers and not by letters; nothing if none is.
    package func newest(among names: [String]) -> String? {
        ordered(names).last
    }

    /// Those of the names that are meant, by numbers and not by letters.
    package func ordered(_ names: [String]) -> [String] {
        names.filter(matches).sorted {
            Self.numbers(in: $0).lexicographicallyPrecedes(Self.numbers(in: $1))
        }
    }

    /// Every number in a name, in order: `linux-image-6.1.0-56-arm64` has 6, 1, 0, 56, 64.
    private static func numbers(in name: String) -> [UInt] {
        name.split { !$0.isASCII || !$0.isNumber }.compactMap { UInt($0) }
    }

    private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return pattern == name }
        guard name.hasPrefix(pattern[..<star]) else { return false }
        let (rest, tail) = (pattern[star...].dropFirst(), name.dropFirst(pattern[..<star].count))
        let longest = tail.prefix { $0 == "." || ("0"..."9").contains($0) }.count
        return longest > 0 && (1...longest).contains { matches(rest, tail.dropFirst($0)) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    package var description: String { pattern }
}

#if !hasFeature(Embedded)
extension DebianPackage: ArchivedText {
    package init?(archived text: String) { self.init(pattern: text) }
    package var archived: String { pattern }
    package static var noun: String { "the name of a Debian package" }
}
#endif
