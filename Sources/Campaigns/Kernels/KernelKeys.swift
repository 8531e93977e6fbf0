// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys of a kernel recipe.
enum KernelKey: String, CaseIterable {
    case summary, source, configuration, patches, generation, series
    case commandLine = "command-line"
}

/// The keys of `source`: one of them says where a kernel comes from, the others belong to it.
enum KernelSourceKey: String, CaseIterable {
    case debian, git, revision, tree, image, modules
    case debianSource = "debian-source"

    /// Those of which exactly one is written.
    static let origins: [KernelSourceKey] = [.debian, .debianSource, .git, .tree, .image]
}

/// The keys of `configuration`.
enum KernelConfigurationKey: String, CaseIterable {
    case base, fragments
}
