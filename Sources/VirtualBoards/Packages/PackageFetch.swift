// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// Fetches packages into the cache; the caller holds the cache's lock.
struct PackageFetch {
    let cache: BoardCache
    let announce: @Sendable (String) -> Void
    let deadline: Deadline

    /// Fetches what is asked for, after learning once what Debian has.
    func fetch(kernel recipe: BoardKernel?, userland: Bool) async throws {
        guard recipe != nil || userland else { return }
        let apt = PrivateApt(folder: cache.apt, deadline: deadline)
        announce("asking Debian which arm64 packages there are")
        try await apt.update()
        if let recipe { try await fetchKernel(recipe, apt) }
        if userland { try await fetchUserland(apt) }
    }

    /// Fetches the newest kernel that is meant, and remembers it under the recipe's name.
    private func fetchKernel(_ recipe: BoardKernel, _ apt: PrivateApt) async throws {
        guard case .debian(let wanted) = recipe else { return }
        let names = try await apt.names(beginningWith: wanted.prefix)
        guard let package = wanted.newest(among: names) else {
            throw PackageError.noKernel(recipe: wanted.pattern)
        }
        try await keep([try await apt.file(of: package)], as: recipe.recordName, with: apt)
    }

    /// What of a kernel's source is kept.
    static let tests = "tools/testing/selftests"

    /// Fetches the newest package of a kernel's source, and keeps its tests alone.
    func fetchSource(_ wanted: DebianPackage, as record: String) async throws {
        let (apt, package) = try await newest(wanted)
        try await keep([try await apt.file(of: package)], as: record, with: apt) { part in
            try await cut(part.appending("usr/src/\(package).tar.xz"), into: part, apt)
        }
    }

    /// Fetches the newest package of a kernel's source, and keeps it as it is.
    func fetchWholeSource(_ wanted: DebianPackage, as record: String) async throws {
        let (apt, package) = try await newest(wanted)
        try await keep([try await apt.file(of: package)], as: record, called: record, with: apt)
    }

    private func newest(_ wanted: DebianPackage) async throws -> (PrivateApt, String) {
        let apt = PrivateApt(folder: cache.apt, deadline: deadline)
        announce("asking Debian for \(wanted)")
        try await apt.update()
        let names = try await apt.names(beginningWith: wanted.prefix)
        guard let package = wanted.newest(among: names) else {
            throw PackageError.noPackage(wanted.pattern)
        }
        return (apt, package)
    }

    /// Takes the tests out of the archive of a whole source, and lets the rest go.
    private func cut(
        _ archive: FilePath, into part: FilePath, _ apt: PrivateApt
    ) async throws {
        announce("unpacking the tests in \(archive.lastComponent?.string ?? "")")
        let folder = archive.lastComponent?.string.replacing(".tar.xz", with: "") ?? ""
        try await apt.run(
            "unpack \(folder)",
            ["tar", "-xJf", archive.string, "-C", part.string, "\(folder)/\(Self.tests)"])
        try? FileManager.default.removeItem(atPath: part.appending("usr").string)
    }

    /// Fetches the board's programs and everything that they need.
    private func fetchUserland(_ apt: PrivateApt) async throws {
        try await fetch(together: Userland.packages, as: "userland", apt)
    }

    /// Fetches packages and everything that they need into one folder.
    func fetch(together packages: [String], as record: String) async throws {
        let apt = PrivateApt(folder: cache.apt, deadline: deadline)
        announce("asking Debian for \(packages.joined(separator: ", "))")
        try await apt.update()
        try await fetch(together: packages, as: record, apt)
    }

    private func fetch(
        together packages: [String], as record: String, _ apt: PrivateApt
    ) async throws {
        let files = try await apt.closure(of: packages)
        try await keep(files.sorted { $0.name < $1.name }, as: record, called: record, with: apt)
    }

    /// Unpacks beside the final place and moves there: a killed fetch leaves nothing half done.
    private func keep(
        _ files: [PackageFile], as record: String, called name: String? = nil,
        with apt: PrivateApt,
        finishing finish: (FilePath) async throws -> Void = { _ in }
    ) async throws {
        let name =
            name ?? (files.count == 1 ? String(files[0].name.dropLast(".deb".count)) : record)
        let (part, place) = (cache.tree(name + ".part"), cache.tree(name))
        announce("fetching \(files.map(\.package).joined(separator: ", "))")
        try? FileManager.default.removeItem(atPath: part.string)
        try await apt.unpack(files, into: part)
        try await finish(part)
        do {
            try? FileManager.default.removeItem(atPath: place.string)
            try FileManager.default.moveItem(atPath: part.string, toPath: place.string)
            let tree = try JSONEncoder().encode(PackageTree(name: name, files: files))
            try cache.write(tree, to: cache.record(record))
        } catch {
            throw PackageError.noState(path: place.string, reason: String(describing: error))
        }
    }
}
