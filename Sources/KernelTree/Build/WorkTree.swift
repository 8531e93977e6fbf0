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

    /// What the tree holds besides its source; on disk before the tree is touched.
    struct State: Codable {
        /// Which source was laid out.
        var identity = ""
        /// Files that may be another source's, since somebody was stopped who brought them over.
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
        let files = SourceFiles(source: source, kernel: kernel, folder: folder, deadline: deadline)
        defer { files.clear() }
        files.clear()
        var state = self.state
        try await files.provide(Set(series.touched + state.patched).sorted())
        let room = PatchRoom(kernel: kernel, folder: folder.appending("stage"), deadline: deadline)
        let touched = try await room.apply(series, to: files.place)
        if state.identity.isEmpty || !isThere { state = try await layOut(files) }
        if state.identity != source.identity || state.unsure != nil {
            try await follow(files, &state)
        }
        let before = state.patched
        state.patched = Set(before + touched).sorted()
        try save(state)
        let changed = try lay(state.patched, from: room, touched: Set(touched), over: files.place)
        if changed.contains(where: Self.isConfiguration) { state.isConfigured = false }
        state.patched = touched
        try save(state)
    }

    private var isThere: Bool { FileManager.default.fileExists(atPath: linux.string) }

    private static func isConfiguration(_ path: String) -> Bool {
        path.split(separator: "/").last?.hasPrefix("Kconfig") ?? false
    }

    /// Lays out the whole source for the first time.
    private func layOut(_ files: SourceFiles) async throws -> State {
        let part = folder.appending("linux.part")
        for path in [part, linux] { try? FileManager.default.removeItem(atPath: path.string) }
        try Cabinet.makeFolder(folder)
        try await files.layOut(in: part)
        try Cabinet.move(part, to: linux)
        return State(identity: files.source.identity)
    }

    /// Brings over what another state of the source has otherwise.
    private func follow(_ files: SourceFiles, _ state: inout State) async throws {
        guard let changes = try await files.changes(since: state.identity) else {
            state = try await layOut(files)
            return
        }
        let changed = Set(changes + (state.unsure ?? [])).sorted()
        state.unsure = changed
        try save(state)
        try await files.provide(changed)
        for path in changed {
            try take(path, from: files.place)
            if Self.isConfiguration(path) { state.isConfigured = false }
        }
        try files.keepListing()
        (state.unsure, state.identity) = (nil, files.source.identity)
    }

    /// Gives each file its content, where it has another one.
    private func lay(
        _ paths: [String], from room: PatchRoom, touched: Set<String>, over place: FilePath
    ) throws -> [String] {
        try paths.filter { path in
            let origin = touched.contains(path) ? room.folder : place
            let wanted = Cabinet.bytes(origin.pushing(FilePath(path)))
            guard wanted != Cabinet.bytes(linux.pushing(FilePath(path))) else { return false }
            try take(path, from: origin)
            return true
        }
    }

    /// Replaces a file, or removes it where it is not there any more.
    private func take(_ path: String, from origin: FilePath) throws {
        if TreeListing.Mark(of: origin.pushing(FilePath(path))) == nil {
            try? FileManager.default.removeItem(atPath: linux.pushing(FilePath(path)).string)
        } else {
            try Cabinet.replace(path, in: linux, by: origin)
        }
    }
}
