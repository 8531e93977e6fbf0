// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import KernelTree
import SystemPackage
import Vocabulary

/// Tells what is there of the kernels of recipes, without fetching or compiling anything.
struct KernelShelf {
    private let forge = KernelForge(announce: { _ in }, progress: { _, _ in })

    /// - Throws: `RecipeTrouble`, `BuildFailure` for a recipe that cannot be followed.
    func story(of recipe: NamedRecipe) async throws -> KernelStory {
        if let order = recipe.order {
            guard let kernel = try await forge.known(order) else {
                return KernelStory(recipe, state: "not compiled")
            }
            return KernelStory(recipe, kernel)
        }
        guard let image = forge.readyImage(of: recipe) else {
            return KernelStory(recipe, state: "not fetched")
        }
        return KernelStory(
            recipe, state: "ready", image: image.string, facts: try KernelImage(of: image))
    }

    /// The kernels, and for each the first one before it that runs the same code.
    func stories(of recipes: [NamedRecipe]) async throws -> [(KernelStory, twin: String?)] {
        var stories: [(KernelStory, twin: String?)] = []
        for recipe in recipes {
            let story = try await story(of: recipe)
            let twin = stories.first { $0.0.code == story.code && story.code != nil }
            stories.append((story, twin?.0.name))
        }
        return stories
    }
}
