// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage

/// A copy of a tree on the machine that compiles, where the objects stay.
///
/// Only what changed is sent. What is sent gets that machine's time, so that make there sees it
/// newer than the object, whatever its clock says.
struct DistantTree: Sendable {
    let host: any CompilerHost
    /// The tree here, of which only the source counts.
    let tree: WorkTree
    /// The copy's folder: `linux` lies in it, and what is on its way.
    let folder: String
    let deadline: Deadline

    var linux: String { folder + "/linux" }
    /// What the copy was brought to last; its hash stands beside the copy too.
    private var noteFile: FilePath { tree.folder.appending("copy") }

    /// Makes the folder, below that machine's own cache.
    /// - Throws: `BuildFailure.elsewhere`, what the host throws.
    init(_ tree: WorkTree, named name: String, on host: any CompilerHost, deadline: Deadline)
        async throws
    {
        let text = try await host.script(
            #"""
            place="${DOORBELL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/doorbell}/kernels/copies/$1"
            mkdir -p "$place/linux"; cd "$place"; pwd
            """#, [name], toDo: "make a folder for the copy of the tree", deadline: deadline)
        folder = String(text.prefix { $0 != "\n" })
        (self.host, self.tree, self.deadline) = (host, tree, deadline)
    }

    /// Makes the copy equal to the tree.
    /// - Throws: `BuildFailure`, `ToolFailure`, what the host throws.
    func follow() async throws {
        let new = try TreeListing(of: tree.linux)
        let known = TreeListing(in: noteFile)
        let there = try await host.script(
            #"cat "$1/held" 2>/dev/null || true"#, [folder], toDo: "read its note",
            deadline: deadline)
        let old = known.flatMap { $0.identity == there.trimmed ? $0.files : nil }
        let changed = new.files.keys.filter { old?[$0] != new.files[$0] }.sorted()
        let gone = (old ?? [:]).keys.filter { new.files[$0] == nil }.sorted()
        guard old == nil || !changed.isEmpty || !gone.isEmpty else { return }
        try await bring(changed, without: gone, anew: old == nil)
        try Cabinet.write(new.text, to: noteFile)
        try await host.script(
            #"printf %s "$2" >"$1/held""#, [folder, new.identity], toDo: "write its note",
            deadline: deadline)
    }

    private func bring(_ changed: [String], without gone: [String], anew: Bool) async throws {
        let stage = tree.folder.appending("parcel")
        try? FileManager.default.removeItem(atPath: stage.string)
        defer { try? FileManager.default.removeItem(atPath: stage.string) }
        let (names, missing) = (stage.appending("names"), stage.appending("gone"))
        let parcel = stage.appending("parcel.tgz")
        try Cabinet.write(Self.list(changed), to: names)
        try Cabinet.write(Self.list(gone), to: missing)
        try await Tool.run(
            "tar",
            [
                "-I", "gzip -1", "-cf", parcel.string, "-C", tree.linux.string, "--null",
                "--verbatim-files-from", "-T", names.string,
            ], environment: Make.environment, deadline: deadline
        ).succeeded()
        try await host.script(
            #"rm -f "$1/held"; if [ "$2" = anew ]; then rm -rf "$1/linux"; fi; mkdir -p "$1/linux""#,
            [folder, anew ? "anew" : ""], toDo: "make room", deadline: deadline)
        try await host.send(parcel, to: folder + "/parcel.tgz", deadline: deadline)
        try await host.send(missing, to: folder + "/gone", deadline: deadline)
        try await host.script(
            #"""
            cd "$1/linux"; xargs -0 -r rm -f -- <../gone
            tar -xzmf ../parcel.tgz; rm ../parcel.tgz ../gone
            """#, [folder], toDo: "unpack the source", deadline: deadline)
    }

    private static func list(_ names: [String]) -> [UInt8] {
        names.flatMap { Array($0.utf8) + [0] }
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
