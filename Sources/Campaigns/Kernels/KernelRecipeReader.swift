// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

extension KernelRecipe {
    /// Reads a kernel recipe; `Labs/README.md` describes the language.
    ///
    /// - Throws: `LanguageError` with everything that is wrong in it.
    package init(_ source: SourceText) throws(LanguageError) {
        self = try Document(source).understood(KernelRecipeReader.recipe)
    }
}

/// The keys of a kernel recipe.
enum KernelKey: String, CaseIterable {
    case summary, source, generation, series
    case commandLine = "command-line"
}

/// The keys of `source`, of which exactly one is written.
enum KernelSourceKey: String, CaseIterable {
    case debian
}

/// Reads kernel recipes.
enum KernelRecipeReader {
    static func recipe(_ value: Value) -> KernelRecipe? {
        guard let reader = MappingReader<KernelKey>(value) else { return nil }
        let summary = reader.required(.summary) { $0.text("one line of text") }
        let source = reader.required(.source, source)
        let generation = reader.optional(.generation) { $0.choice(Generation.self) }
        let series: Int? = reader.optional(.series) { $0.count(0...SeriesPatch.allCases.count) }
        if generation != .mixed {
            reader.refuse([.series], because: "only a kernel of generation RFC has the series")
        }
        let words = reader.optional(.commandLine, default: []) { $0.list(of: commandLineWord) }
        guard let summary, let source else { return nil }
        return KernelRecipe(
            summary: summary, source: source, generation: generation, series: series,
            commandLine: words)
    }

    private static func source(_ value: Value) -> KernelRecipe.Source? {
        guard let reader = MappingReader<KernelSourceKey>(value) else { return nil }
        return reader.required(.debian, debian).map(KernelRecipe.Source.debian)
    }

    private static func debian(_ value: Value) -> DebianPackage? {
        guard let text = value.text("the name of a Debian package") else { return nil }
        guard let package = DebianPackage(pattern: text) else {
            return value.complain(
                "'\(shortened(text))' is no package name; write lower-case letters, digits, '+', "
                    + "'-', '.', and '*' for digits and dots", as: DebianPackage.self)
        }
        return package
    }
}
