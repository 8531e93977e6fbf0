// SPDX-License-Identifier: GPL-3.0-or-later

/// Compares what fragments state with what a configuration became.
package enum OptionCheck {
    /// The options that did not take, in the order in which they are stated.
    ///
    /// Kconfig drops without a word what depends on something that is not set. Of several fragments
    /// that state one option the last one counts; an option that the configuration does not know is
    /// as good as off.
    package static func lost(
        of fragments: [OptionFile], in configuration: OptionFile
    ) -> [LostOption] {
        let stated = fragments.flatMap(\.options)
        let last = Dictionary(stated.map { ($0.name, $0) }) { $1 }
        let found = Dictionary(configuration.options.map { ($0.name, $0.value) }) { $1 }
        return stated.filter { last[$0.name] == $0 }.compactMap { wanted in
            let value = found[wanted.name]
            return (value ?? .off) == wanted.value
                ? nil : LostOption(wanted: wanted, found: value)
        }
    }
}
