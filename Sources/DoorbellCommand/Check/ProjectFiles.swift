// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import SystemPackage
import Vocabulary

/// The files that people write: labs, suites, kernel recipes, descriptions of boards.
enum ProjectFiles {
    /// All of them, in order.
    static func all(in project: Project) -> [FilePath] {
        expand(project.labs) + expand(project.suites)
    }

    /// A folder stands for the YAML files below it; anything else for itself.
    static func expand(_ path: FilePath) -> [FilePath] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder),
            isFolder.boolValue
        else { return [path] }
        let names =
            FileManager.default.enumerator(atPath: path.string)?
            .compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { path.appending($0) }
    }

    /// What is wrong in a file; nothing when it is right.
    static func complaint(about path: FilePath, shownAs name: String) -> LanguageError? {
        do {
            try check(path, shownAs: name)
            return nil
        } catch {
            return error
        }
    }

    private static func check(
        _ path: FilePath, shownAs name: String
    ) throws(LanguageError) {
        let source = try SourceText(path: path, namedAs: name)
        switch try DocumentKind(source) {
        case .lab: _ = try Lab(source)
        case .suite: _ = try Suite(source)
        case .kernel: _ = try KernelRecipe(source)
        case .facts: _ = try BoardDescription(source)
        }
    }
}
