// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import ResultArchive
import SystemPackage
import Vocabulary

struct BisectKernelsCommand: BisectVerb {
    static let configuration = CommandConfiguration(
        commandName: "kernels",
        abstract: "Finds the first bad one in a list of kernels that are there already.",
        discussion: """
            The first is good, the last is bad. A kernel is a recipe in Labs/Kernels, a package of \
            Debian (linux-image-6.1.0-50-arm64, or 'linux-image-6.1.0-*-arm64' for all), an Image, or a folder of Images, which are taken in \
            the order of the numbers in their names.
            """)

    static let kind = BisectionPlan.Kind.kernels

    @Argument(help: "The kernels, from good to bad.")
    var kernels: [String]

    @OptionGroup var choice: BisectChoice

    func kernels(in project: Project) throws -> any RevisionKernels {
        let entries = try kernels.flatMap { word -> [PrebuiltKernels.Entry] in
            if let package = Self.package(word, in: project) { return [.published(package)] }
            return try Self.recipes(word, in: project).map { .recipe($0) }
        }
        return PrebuiltKernels(entries) { Terminal.standardError.say("doorbell: \($0)") }
    }

    private static func package(_ word: String, in project: Project) -> DebianPackage? {
        guard word.hasPrefix("linux-image-"), !project.kernelNames.contains(word) else {
            return nil
        }
        return DebianPackage(pattern: word)
    }

    private static func recipes(_ word: String, in project: Project) throws -> [NamedRecipe] {
        if project.kernelNames.contains(word) { return [try project.recipe(word)] }
        let path = project.whole(word)
        guard project.has(path) else {
            throw UnknownName(
                noun: "kernel", name: word, place: project.shown(project.kernels),
                known: project.kernelNames)
        }
        if project.has(path.appending("kernel.yaml")) { return [try project.recipe(word)] }
        return try images(at: path, project).map { image in
            let words = image.lastComponent?.string ?? word
            guard let name = KernelName(words) else {
                throw UnfitImage(path: image.string)
            }
            let ready = ReadyImage(image: RecipePath(image.string), modules: nil)
            let recipe = KernelRecipe(summary: image.string, source: .image(ready))
            return NamedRecipe(name: name, recipe: recipe, folder: path.removingLastComponent())
        }
    }

    /// A file itself, or the files of a folder by the numbers in their names.
    private static func images(at path: FilePath, _ project: Project) throws -> [FilePath] {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder)
        guard isThere, isFolder.boolValue else { return [path] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path.string)
        return names.filter { !$0.hasPrefix(".") }
            .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
            .map { path.appending($0) }
    }

    func run() async throws { try await BisectSession(self).begin() }
}

/// An image whose file's name is no name for a kernel.
struct UnfitImage: Blame, Hashable {
    let path: String

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: path, action: "be taken as a kernel",
            cause: "its name is no name for one",
            remedy: "Letters, digits, '.', '_' and '-' make a name.")
    }
}
