// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// A tree that is built in again and again: of its files only those that change are touched.
///
/// Make compiles what is newer than its object. So a file that a patch no longer changes gets its
/// old content and a new time, and one whose content stays keeps its time.
struct WorkTree: Sendable {
    let kernel: KernelName
    let folder: FilePath
    let deadline: Deadline

    var linux: FilePath { folder.appending("linux") }
    private var stateFile: FilePath { folder.appending("state.json") }
    /// What a source that is not ours looked like when it was brought over.
    private var listingFile: FilePath { folder.appending("listing") }

    /// What the tree holds besides its source; on disk before the tree is touched.
    struct State: Codable {
        /// Which source was laid out.
        var identity = ""
        /// Files that may differ from the listing, since somebody was stopped who brought them over.
        var unsure: [String]?
        /// Files that may differ from the source's.
        var patched: [String] = []
        /// Whether `.config` is what the recipe states.
        var isConfigured = false
        /// What the configuration was made from; nothing in trees that only ever have one.
        var configuration: Fingerprint?
    }

    var state: State { Cabinet.read(State.self, from: stateFile) ?? State() }

    func save(_ state: State) throws { try Cabinet.writeJSON(state, to: stateFile) }

    /// Makes the tree equal to the source with these patches.
    /// - Throws: `RecipeTrouble.patchRefused` before anything is touched; `BuildFailure`.
    func hold(_ source: SourceTree, _ series: PatchSeries) async throws {
        let room = PatchRoom(kernel: kernel, folder: folder.appending("stage"), deadline: deadline)
        let touched = try await room.apply(series, to: source.folder)
        var state = self.state
        if state.identity.isEmpty || !isThere { state = try await layOut(source) }
        if state.identity != source.identity || state.unsure != nil {
            try await follow(source, &state)
        }
        let before = state.patched
        state.patched = Set(before + touched).sorted()
        try save(state)
        let changed = try lay(state.patched, from: room, touched: Set(touched), over: source)
        if changed.contains(where: Self.isConfiguration) { state.isConfigured = false }
        state.patched = touched
        try save(state)
    }

    private var isThere: Bool { FileManager.default.fileExists(atPath: linux.string) }

    private static func isConfiguration(_ path: String) -> Bool {
        path.split(separator: "/").last?.hasPrefix("Kconfig") ?? false
    }

    /// Lays out the whole source for the first time.
    private func layOut(_ source: SourceTree) async throws -> State {
        let part = folder.appending("linux.part")
        for path in [part, linux] { try? FileManager.default.removeItem(atPath: path.string) }
        try Cabinet.makeFolder(folder)
        if source.isOurs {
            // Links take no space; whoever changes a file of the tree replaces it.
            try await Tool.run(
                "cp", ["-a", "-l", source.folder.string, part.string],
                environment: Make.environment, deadline: deadline
            ).succeeded()
            try Cabinet.move(part, to: linux)
            return State(identity: source.identity)
        }
        let listing = try source.listing ?? TreeListing(of: source.folder)
        try Cabinet.makeFolder(part)
        for path in listing.files.keys { try replace(path, in: part, by: source.folder) }
        try Cabinet.write(listing.text, to: listingFile)
        try Cabinet.move(part, to: linux)
        return State(identity: source.identity)
    }

    /// Brings over what has changed in a source that people edit.
    private func follow(_ source: SourceTree, _ state: inout State) async throws {
        guard let old = TreeListing(in: listingFile)?.files else {
            state = try await layOut(source)
            return
        }
        let new = try source.listing ?? TreeListing(of: source.folder)
        let gone = old.keys.filter { new.files[$0] == nil }
        let other = new.files.filter { old[$0.key] != $0.value }.keys
        let changed = Set(gone + other + (state.unsure ?? []))
        state.unsure = changed.sorted()
        try save(state)
        for path in changed.sorted() {
            if new.files[path] == nil {
                try remove(path)
            } else {
                try replace(path, in: linux, by: source.folder)
            }
            if Self.isConfiguration(path) { state.isConfigured = false }
        }
        try Cabinet.write(new.text, to: listingFile)
        (state.unsure, state.identity) = (nil, source.identity)
    }

    /// Gives each file its content, where it has another one.
    private func lay(
        _ paths: [String], from room: PatchRoom, touched: Set<String>, over source: SourceTree
    ) throws -> [String] {
        try paths.filter { path in
            let origin = touched.contains(path) ? room.folder : source.folder
            let wanted = Cabinet.bytes(origin.pushing(FilePath(path)))
            guard wanted != Cabinet.bytes(linux.pushing(FilePath(path))) else { return false }
            if wanted == nil {
                try remove(path)
            } else {
                try replace(path, in: linux, by: origin)
            }
            return true
        }
    }

    private func remove(_ path: String) throws {
        try? FileManager.default.removeItem(atPath: linux.pushing(FilePath(path)).string)
    }

    /// Puts a copy with the time of now in the file's place; a link to the source is left behind.
    private func replace(_ path: String, in tree: FilePath, by origin: FilePath) throws {
        let (from, to) = (origin.pushing(FilePath(path)), tree.pushing(FilePath(path)))
        try Cabinet.makeFolder(to.removingLastComponent())
        try Cabinet.copy(from, to: to)
        try Cabinet.on(to) {
            guard utimensat(AT_FDCWD, to.string, nil, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw Errno(rawValue: errno)
            }
        }
    }
}
