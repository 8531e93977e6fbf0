// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys of one kind of mapping: an enumeration whose raw values are the words in the file.
typealias LanguageKey = CaseIterable & Hashable & RawRepresentable<String>

/// Reads a mapping whose keys are known, and complains of every key that is not.
struct MappingReader<Key: LanguageKey> {
    /// The mapping itself, for complaints about the whole.
    let value: Value
    private let values: [Key: Value]

    /// Opens a mapping.
    ///
    /// `strange` may know a sentence for a key that is not of the language; otherwise the nearest
    /// known key is suggested. Gives nothing, after a complaint, when this is no mapping.
    init?(
        _ value: Value, keys: Key.Type = Key.self, strange: (String) -> String? = { _ in nil }
    ) {
        guard let entries = value.entries() else { return nil }
        let known = Key.allCases.map(\.rawValue)
        var values: [Key: Value] = [:]
        for entry in entries {
            guard let word = entry.key.text("a key") else { continue }
            if let key = Key(rawValue: word) {
                values[key] = entry.value
            } else {
                let advice = Spelling.advice(for: word, among: known)
                entry.key.complain(strange(word) ?? "unknown key '\(shortened(word))'; \(advice)")
            }
        }
        self.value = value
        self.values = values
    }

    /// The value of a key, where the key was written.
    subscript(key: Key) -> Value? { values[key] }

    /// Reads a key that must be there.
    func required<Result>(_ key: Key, _ read: (Value) -> Result?) -> Result? {
        guard let found = values[key] else {
            return value.complain("the key '\(key.rawValue)' is missing", as: Result.self)
        }
        return read(found)
    }

    /// Reads a key that may be left out.
    func optional<Result>(_ key: Key, _ read: (Value) -> Result?) -> Result? {
        values[key].flatMap(read)
    }

    /// Reads a key that has a default.
    ///
    /// After a complaint the default is given too: the file is refused in the end.
    func optional<Result>(_ key: Key, default standard: Result, _ read: (Value) -> Result?)
        -> Result
    {
        values[key].flatMap(read) ?? standard
    }

    /// Complains of keys that are known but have no meaning here.
    func refuse(_ keys: some Sequence<Key>, because reason: String) {
        for key in keys {
            values[key]?.complain("the key '\(key.rawValue)' has no place here: \(reason)")
        }
    }
}
