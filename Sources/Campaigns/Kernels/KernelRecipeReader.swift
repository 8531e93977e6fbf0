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

/// Reads kernel recipes.
enum KernelRecipeReader {
    static func recipe(_ value: Value) -> KernelRecipe? {
        guard let reader = MappingReader<KernelKey>(value) else { return nil }
        let summary = reader.required(.summary) { $0.text("one line of text") }
        let origin = reader.required(.source, KernelOriginReader.origin)
        let generation = reader.optional(.generation) { $0.choice(Generation.self) }
        let series: Int? = reader.optional(.series) { $0.count(0...SeriesPatch.allCases.count) }
        if generation != .mixed {
            reader.refuse([.series], because: "only a kernel of generation RFC has the series")
        }
        let words = reader.optional(.commandLine, default: []) { $0.list(of: commandLineWord) }
        let build = BuildWords(reader, series: series)
        guard let summary, let origin, let source = source(origin, build, reader) else {
            return nil
        }
        return KernelRecipe(
            summary: summary, source: source, generation: generation, series: series,
            commandLine: words)
    }

    private static func source(
        _ origin: KernelOrigin, _ build: BuildWords, _ reader: MappingReader<KernelKey>
    ) -> KernelRecipe.Source? {
        switch origin {
        case .debian(let package):
            refuseBuild(reader, because: "a package of Debian is built already")
            return .debian(package)
        case .image(let image):
            refuseBuild(reader, because: "an image is built already")
            return .image(image)
        case .tree(let tree):
            guard reader.required(.configuration, { $0 }) != nil, let base = build.base else {
                return nil
            }
            return .built(
                KernelBuild(
                    tree: tree, base: base, fragments: build.fragments, patches: build.patches,
                    lastPatch: build.patches == nil ? nil : build.series))
        }
    }

    private static func refuseBuild(_ reader: MappingReader<KernelKey>, because reason: String) {
        reader.refuse([.configuration, .patches], because: reason)
    }

    static func path(_ value: Value) -> RecipePath? {
        value.text("the path of a file").map(RecipePath.init)
    }
}

/// What belongs to a kernel that is compiled.
///
/// It is read whatever the source is: all that is wrong in a file is told at once.
private struct BuildWords {
    let base: KernelBuild.Base?
    let fragments: [RecipePath]
    let patches: RecipePath?
    let series: Int?

    init(_ reader: MappingReader<KernelKey>, series: Int?) {
        let inner = reader[.configuration].flatMap { MappingReader<KernelConfigurationKey>($0) }
        base = inner?.required(.base, Self.base)
        fragments =
            inner?.optional(.fragments, default: []) { $0.list(of: KernelRecipeReader.path) } ?? []
        patches = reader.optional(.patches, KernelRecipeReader.path)
        self.series = series
    }

    /// A word without a slash or dot is one of the kernel's own configurations.
    private static func base(_ value: Value) -> KernelBuild.Base? {
        let isFile = value.word?.contains { "/.".contains($0) } ?? false
        guard !isFile else {
            return KernelRecipeReader.path(value).map(KernelBuild.Base.file)
        }
        return value.choice(KernelBuild.Target.self).map(KernelBuild.Base.target)
    }
}
