// SPDX-License-Identifier: GPL-3.0-or-later

/// Sees to it that no two things in a list have the same name.
struct Uniqueness<Name: Hashable> {
    /// What is named: "board".
    let noun: String
    private var first: [Name: SourcePosition] = [:]

    init(noun: String) { self.noun = noun }

    /// Gives the name back, or complains when it was taken before.
    mutating func unique(_ name: Name?, at value: Value) -> Name? {
        guard let name else { return nil }
        if let taken = first[name] {
            return value.complain(
                "a \(noun) named '\(name)' stands on line \(taken.line) already; "
                    + "give each its own name", as: Name.self)
        }
        first[name] = value.position
        return name
    }
}
