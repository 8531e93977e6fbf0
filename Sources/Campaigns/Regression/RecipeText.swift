// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import SystemPackage
import Vocabulary

extension NamedRecipe {
    /// The recipe as a file has it, with every path from the root: it means the same wherever it lies.
    ///
    /// Patches come in a second file, which lies beside it.
    package var files: [String: String] {
        var lines = [
            "# SPDX-License-Identifier: GPL-3.0-or-later", "summary: \(quoted(recipe.summary))",
        ]
        var series: String?
        switch recipe.source {
        case .debian(let package): lines.append("source: {debian: \(quoted(package.pattern))}")
        case .image(let ready): lines.append("source: {\(words(of: ready))}")
        case .built(let build):
            lines += ["source: {\(words(of: build.tree))}", "configuration: \(words(of: build))"]
            series = patches(of: build)
            if let named = build.patches {
                lines.append("patches: \(quoted(path(named).string))")
            } else if series != nil {
                lines.append("patches: series")
            }
        }
        if let generation = recipe.generation { lines.append("generation: \(generation.rawValue)") }
        // The patches that it stands at are the series.
        if let place = recipe.series { lines.append("series: \(place)") }
        if !recipe.commandLine.isEmpty {
            lines.append(
                "command-line: [\(recipe.commandLine.map(quoted).joined(separator: ", "))]")
        }
        var files = ["kernel.yaml": lines.joined(separator: "\n") + "\n"]
        files["series"] = series
        return files
    }

    private func words(of image: ReadyImage) -> String {
        (["image: \(quoted(path(image.image).string))"]
            + (image.modules.map { ["modules: \(quoted(path($0).string))"] } ?? []))
            .joined(separator: ", ")
    }

    private func words(of tree: KernelBuild.Tree) -> String {
        switch tree {
        case .debian(let package): "debian-source: \(quoted(package.pattern))"
        case .folder(let folder): "tree: \(quoted(path(folder).string))"
        case .git(let repository, let revision):
            "git: \(quoted(repository)), revision: \(quoted(revision))"
        }
    }

    private func words(of build: KernelBuild) -> String {
        let base =
            switch build.base {
            case .target(let target): target.rawValue
            case .file(let file): quoted(path(file).string)
            }
        let fragments = build.fragments.map { quoted(path($0).string) }.joined(separator: ", ")
        return fragments.isEmpty ? "{base: \(base)}" : "{base: \(base), fragments: [\(fragments)]}"
    }

    /// Of a recipe that names its patches one by one.
    private func patches(of build: KernelBuild) -> String? {
        guard build.patches == nil, !build.further.isEmpty else { return nil }
        return build.further.map { path($0).string + "\n" }.joined()
    }

    /// A scalar of YAML between double quotes (YAML 1.2, 7.3.1).
    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
