// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage

/// The kernel's make, on another machine; its configuration is the tree's own, here.
struct DistantMake: Maker {
    let make: Make
    let copy: DistantTree

    private var configuration: FilePath { make.tree.appending(".config") }

    func named(_ localVersion: String) -> DistantMake {
        DistantMake(make: make.named(localVersion), copy: copy)
    }

    func make(_ targets: [String]) async throws {
        if FileManager.default.fileExists(atPath: configuration.string) {
            try await copy.host.send(
                configuration, to: copy.linux + "/.config", deadline: make.deadline)
        }
        try await run(targets)
        try await copy.host.fetch(
            copy.linux + "/.config", to: configuration, deadline: make.deadline)
    }

    /// Brings what was made to where make leaves it in a tree of this machine.
    func collect() async throws {
        for name in [BuildJob.imageName, "System.map"] {
            let place = make.tree.pushing(FilePath(name))
            try Cabinet.makeFolder(place.removingLastComponent())
            try await copy.host.fetch("\(copy.linux)/\(name)", to: place, deadline: make.deadline)
        }
    }

    func installModules(into folder: FilePath) async throws {
        let away = copy.folder + "/modules"
        let script = #"cd "$1"; rm -rf modules modules.tgz"#
        try await copy.host.script(
            script, [copy.folder], toDo: "make room for modules", deadline: make.deadline)
        try await run(["INSTALL_MOD_PATH=\(away)", "INSTALL_MOD_STRIP=1", "modules_install"])
        try await copy.host.script(
            #"cd "$1/modules"; tar -czf ../modules.tgz ."#, [copy.folder], toDo: "pack modules",
            deadline: make.deadline)
        let parcel = FilePath(folder.string + "/modules.tgz")
        try await copy.host.fetch(
            copy.folder + "/modules.tgz", to: parcel, deadline: make.deadline)
        // That machine's word decides no path of ours: a link or name that leads out is refused.
        try await Tool.run(
            "tar", ["-xzf", parcel.string, "-C", folder.string, "--no-same-owner"],
            environment: Make.environment, deadline: make.deadline
        ).succeeded()
        try? FileManager.default.removeItem(atPath: parcel.string)
    }

    private func run(_ targets: [String]) async throws {
        let log = make.log
        let answer = try await copy.host.run(
            ["sh", "-c", "exec \"$@\" 2>&1", "make"] + make.words(targets, in: copy.linux),
            environment: Make.fixedEnvironment, deadline: make.deadline,
            listener: { log.hear($0) })
        try log.check()
        guard !answer.succeeded else { return }
        throw make.failure(answer.text, in: "\(copy.host.name):\(copy.folder)")
    }
}
