// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import KernelTree
import SystemPackage
import Vocabulary

/// What is known of one kernel, as `kernel show` prints it.
struct KernelStory: Encodable {
    let name: String
    let summary: String
    /// `compiled`, `ready`, `not compiled`, `not fetched`.
    let state: String
    var image: String?
    var release: String?
    var banners: [String]?
    var buildID: String?
    var sha256: String?
    /// Equal in kernels that run the same code under different names.
    var code: String?
    var source: String?
    var compiler: String?
    /// The machine that compiled it, where it was not this one.
    var host: String?
    var patches: [String]?
    var log: String?

    /// A kernel that was compiled here.
    init(_ recipe: NamedRecipe, _ kernel: BuiltKernel) {
        self.init(
            recipe, state: "compiled", image: kernel.image.string, facts: kernel.record.image)
        source = kernel.record.source
        compiler = kernel.record.compiler
        host = kernel.record.host
        patches = kernel.record.patches
        log = kernel.log.string
    }

    /// A kernel whose image lies here, or that is not here at all.
    init(_ recipe: NamedRecipe, state: String, image: String? = nil, facts: KernelImage? = nil) {
        name = recipe.name.text
        summary = recipe.recipe.summary
        self.state = state
        self.image = image
        release = facts?.release
        banners = facts?.banners
        buildID = facts?.buildID
        sha256 = facts?.hash
        code = facts?.code
    }

    /// Lines for a person.
    var text: String {
        let rows: [(String, String?)] = [
            ("summary", summary), ("state", state), ("image", image), ("release", release),
            ("banner", banners?.joined(separator: " | ")),
            ("build ID", buildID),
            ("sha256", sha256), ("code", code), ("source", source),
            ("compiler", compiler?.replacing("\n", with: "; ")),
            ("made on", host),
            ("patches", patches.map { $0.isEmpty ? "none" : $0.joined(separator: " ") }),
            ("log", log),
        ]
        let lines = rows.compactMap { label, value in value.map { ["    " + label, $0] } }
        return name + "\n" + Listing<String>.aligned(lines)
    }
}
