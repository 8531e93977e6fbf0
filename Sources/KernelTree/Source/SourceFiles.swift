// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// The files of a source, as a tree that is built in takes them over.
struct SourceFiles: Sendable {
    let source: SourceTree
    let kernel: KernelName
    /// What lies beside the tree: the files of a commit that were asked for, and the listing of a
    /// folder that people edit.
    let folder: FilePath
    let deadline: Deadline

    private var room: FilePath { folder.appending("origin") }
    private var listingFile: FilePath { folder.appending("listing") }

    /// Where files lie, those of a commit once they were asked for.
    var place: FilePath { source.folder ?? room }

    /// Forgets which files were asked for.
    func clear() { try? FileManager.default.removeItem(atPath: room.string) }

    /// Sees to it that these files lie in the place, as far as the source has them.
    func provide(_ paths: [String]) async throws {
        guard case .committed(let commit, let repository) = source.content else { return }
        try await GitRepository(repository, deadline: deadline)
            .layOut(commit, paths, of: kernel, in: room)
    }

    /// Lays out everything in a new folder.
    func layOut(in place: FilePath) async throws {
        switch source.content {
        case .shelved(let folder):
            // Links take no space; whoever changes a file of the tree replaces it.
            try await Tool.run(
                "cp", ["-a", "-l", folder.string, place.string], environment: Make.environment,
                deadline: deadline
            ).succeeded()
        case .edited(let folder, let listing):
            try Cabinet.makeFolder(place)
            for path in listing.files.keys {
                try Cabinet.replace(path, in: place, by: folder)
            }
        case .committed(let commit, let repository):
            try await GitRepository(repository, deadline: deadline)
                .layOut(commit, of: kernel, in: place)
        }
        try keepListing()
    }

    /// The files that differ from what a tree holds; nothing where nobody can tell.
    func changes(since identity: String) async throws -> [String]? {
        switch source.content {
        case .shelved: return nil
        case .edited(_, let listing):
            guard let old = TreeListing(in: listingFile)?.files else { return nil }
            let gone = old.keys.filter { listing.files[$0] == nil }
            return gone + listing.files.filter { old[$0.key] != $0.value }.keys
        case .committed(let commit, let repository):
            guard let old = GitSource.commit(in: identity) else { return nil }
            return try await GitRepository(repository, deadline: deadline)
                .changes(from: old, to: commit)
        }
    }

    /// Writes down what a folder that people edit looked like, once the tree holds it.
    func keepListing() throws {
        guard case .edited(_, let listing) = source.content else { return }
        try Cabinet.write(listing.text, to: listingFile)
    }
}
