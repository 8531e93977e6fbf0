// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// Brings kernels' sources to this machine and keeps them untouched.
struct SourceShelf: Sendable {
    let root: FilePath
    let packages: any PackageShelf
    let kernel: KernelName
    let announce: @Sendable (String) -> Void
    let deadline: Deadline

    /// Gives the source, after fetching and unpacking it where that was not done before.
    /// - Throws: `RecipeTrouble`, `BuildFailure`, what the package shelf throws.
    func tree(_ source: TreeSource) async throws -> SourceTree {
        switch source {
        case .debian(let package): try await debian(package)
        case .git(let repository, let revision):
            try await GitSource(repository: repository, revision: revision, shelf: self).tree()
        case .folder(let folder): try plain(folder)
        }
    }

    /// Gives the source only where that needs no network and no unpacking.
    func knownTree(_ source: TreeSource) async throws -> SourceTree? {
        switch source {
        case .debian(let package):
            guard let known = packages.known(package.pattern) else { return nil }
            let place = place(of: known.identity)
            guard FileManager.default.fileExists(atPath: place.string) else { return nil }
            return debianTree(package, known.identity)
        case .git(let repository, let revision):
            return GitSource(repository: repository, revision: revision, shelf: self).known()
        case .folder(let folder): return try plain(folder)
        }
    }

    private func debian(_ package: DebianPackage) async throws -> SourceTree {
        let (folder, identity) = try await packages.unpacked(package.pattern)
        try await keep(place(of: identity)) { place in
            let archive = try Self.archive(in: folder, kernel: kernel)
            announce("unpacking \(archive.lastComponent?.string ?? "the source")")
            try await unpack(archive, into: place)
        }
        return debianTree(package, identity)
    }

    private func place(of identity: String) -> FilePath {
        root.appending(Fingerprint(of: [identity]).description)
    }

    private func debianTree(_ package: DebianPackage, _ identity: String) -> SourceTree {
        SourceTree(
            identity: identity, line: "debian \(package.pattern)", .shelved(place(of: identity)))
    }

    private func plain(_ folder: FilePath) throws -> SourceTree {
        try requireKernel(in: folder)
        let listing = try TreeListing(of: folder)
        return SourceTree(
            identity: listing.identity, line: "folder \(folder)", .edited(folder, listing))
    }

    /// Makes a folder that is there complete or not at all.
    private func keep(_ place: FilePath, _ make: (FilePath) async throws -> Void) async throws {
        guard !FileManager.default.fileExists(atPath: place.string) else { return }
        let part = FilePath(place.string + ".part")
        try? FileManager.default.removeItem(atPath: part.string)
        try Cabinet.makeFolder(part)
        try await make(part)
        try requireKernel(in: part)
        try Cabinet.move(part, to: place)
    }

    /// Unpacks a tar archive, whose one folder at the top is left out.
    private func unpack(_ archive: FilePath, into place: FilePath) async throws {
        try await tool(
            "tar", ["-x", "--strip-components=1", "-f", archive.string, "-C", place.string])
    }

    @discardableResult
    func tool(_ name: String, _ arguments: [String]) async throws -> ToolOutput {
        do {
            return try await Tool.run(
                name, arguments, environment: Make.environment, deadline: deadline
            ).succeeded()
        } catch let failure as ToolFailure {
            guard NoRoom.isMeant(by: failure) else { throw failure }
            throw BuildFailure.noRoom(kernel: kernel, place: root.string)
        }
    }

    private func requireKernel(in folder: FilePath) throws(RecipeTrouble) {
        let names = ["Makefile", "Kconfig"].map { folder.appending($0).string }
        guard names.allSatisfy(FileManager.default.fileExists(atPath:)) else {
            throw .noKernelSource(kernel: kernel, place: folder.string)
        }
    }

    /// `usr/src/linux-source-6.1.tar.xz`.
    private static func archive(
        in folder: FilePath, kernel: KernelName
    ) throws(RecipeTrouble) -> FilePath {
        let place = folder.appending("usr").appending("src")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.string)) ?? []
        guard let name = names.first(where: { $0.contains(".tar.") }) else {
            throw .noKernelSource(kernel: kernel, place: "the package's /usr/src")
        }
        return place.appending(name)
    }
}
