// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Vocabulary

/// All that a recipe names, read: from here on nothing of it can change under a build.
struct KernelInputs: Sendable {
    let name: KernelName
    let base: Base
    let fragments: [OptionFile]
    /// The fragments as they are, one behind the other.
    let fragmentText: String
    let series: PatchSeries
    /// Whether kernels of other configurations are compiled in the same tree.
    let sharesTree: Bool

    enum Base: Sendable, Hashable {
        case target(String)
        case file(String)

        var words: [String] {
            switch self {
            case .target(let name): ["target", name]
            case .file(let text): ["file", text]
            }
        }
    }

    /// Reads the files of an order.
    /// - Throws: `RecipeTrouble`.
    init(_ order: KernelOrder) throws(RecipeTrouble) {
        name = order.name
        sharesTree = order.sharesTree
        switch order.base {
        case .target(let target): base = .target(target)
        case .file(let path):
            base = .file(
                String(decoding: try RecipeFile.bytes(path, kernel: order.name), as: UTF8.self))
        }
        var fragments: [OptionFile] = []
        var text = ""
        for path in order.fragments {
            let bytes = try RecipeFile.bytes(path, kernel: order.name)
            let fragment = String(decoding: bytes, as: UTF8.self)
            fragments.append(try OptionFile(fragment, file: path.string))
            text += fragment + "\n"
        }
        (self.fragments, fragmentText) = (fragments, text)
        let named =
            if let path = order.series {
                try PatchSeries(of: path, upTo: order.lastPatch, kernel: order.name)
            } else { PatchSeries(patches: []) }
        series = try named.adding(order.further, kernel: order.name)
    }

    /// What decides the configuration, without the source.
    var configurationWords: [String] { base.words + [fragmentText] }

    /// Of everything that goes into the binary; the recipe's name does not.
    func fingerprint(of source: SourceTree, _ compiler: Compiler) -> Fingerprint {
        let words = ["kernel 1", source.identity, compiler.identity] + configurationWords
        return Fingerprint(of: words.map { Array($0.utf8) } + series.patches.map(\.bytes))
    }

    /// Of the same, whichever compiler is used.
    func fingerprint(of source: SourceTree) -> Fingerprint {
        let words = ["kernel 1 of any compiler", source.identity] + configurationWords
        return Fingerprint(of: words.map { Array($0.utf8) } + series.patches.map(\.bytes))
    }

    /// Of what builds must share to use each other's objects.
    func treeFingerprint(of source: SourceTree, _ compiler: Compiler) -> Fingerprint {
        let identity = source.isShelved ? source.identity : ""
        return Fingerprint(
            of: ["tree 1", source.line, identity, compiler.identity]
                + (sharesTree ? ["any configuration"] : configurationWords))
    }
}
