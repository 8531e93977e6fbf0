// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import KernelTree
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

struct KernelImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes a kernel that came from elsewhere, and writes a recipe for it.",
        discussion: """
            Its Image and modules are put into Labs/Kernels/NAME, where git ignores them. Of a \
            board it takes the kernel that runs there, from the board's own /boot.
            """)

    @Argument(help: "What the kernel is to be called.")
    var name: String
    @Option(help: ArgumentHelp("An arm64 Image, plain or gzipped.", valueName: "file"))
    var image: String?
    @Option(help: ArgumentHelp("With --image: its lib/modules.", valueName: "folder"))
    var modules: String?
    @Option(help: ArgumentHelp("A package of Debian or Ubuntu.", valueName: "file"))
    var deb: String?
    @Option(help: "A board of kind ssh.")
    var board: String?
    @Option(help: "The board's lab: a name in Labs, or a file.")
    var lab = "virtual"
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard [image, deb, board].compactMap(\.self).count == 1 else {
            throw ValidationError("One of --image, --deb and --board is wanted.")
        }
        guard modules == nil || image != nil else {
            throw ValidationError("--modules belongs to --image.")
        }
    }

    func run() async throws {
        let project = Project()
        let parcel = try parcel(in: project)
        try await Interruption.interruptible { try await fill(parcel, project) }
        let story = try await KernelShelf().story(of: try project.recipe(name))
        if json { return try JSONText.print(story) }
        Terminal.standardOutput.write(story.text)
    }

    private static let deadline = Deadline.after(.seconds(1800), for: "a kernel to be imported")

    private func parcel(in project: Project) throws -> KernelParcel {
        let folder = project.kernels.appending(name)
        guard let kernel = KernelName(name), !project.has(folder) else {
            throw TakenName(name: name, folder: project.shown(folder))
        }
        return KernelParcel(kernel: kernel, folder: folder, deadline: Self.deadline)
    }

    private func fill(_ parcel: KernelParcel, _ project: Project) async throws {
        if let deb {
            _ = try await parcel.take(package: FilePath(deb))
        } else if let board {
            try await bring(board, into: parcel, project)
        } else if let image {
            _ = try await parcel.take(
                file: FilePath(image), modules: modules.map { FilePath($0) })
        }
    }

    private func bring(
        _ board: String, into parcel: KernelParcel, _ project: Project
    ) async throws {
        let path = try project.find("lab", lab, in: project.labs)
        let entry = try Selection.boards(named: [board], in: Lab(project.source(path)))[0]
        guard case .ssh(let machine) = entry.reach else {
            throw MadeKernel(board: entry.name)
        }
        let target = try SSHTarget(
            machine, named: entry.name, in: path.removingLastComponent())
        _ = try await RunningKernel.bring(
            from: target, of: entry.name, into: parcel, deadline: Self.deadline)
    }
}

/// A kernel that cannot be called so.
private struct TakenName: Blame {
    let name: String
    let folder: String
    var kind: FaultKind { .suite }
    var account: Account {
        Account(
            subject: "kernel '\(name)'", action: "be imported",
            cause: "\(folder) exists already, or the name has other characters than letters, "
                + "digits, '.', '_' and '-'", remedy: "Choose another name.")
    }
}

/// A board whose kernel was put there by a recipe.
private struct MadeKernel: Blame {
    let board: BoardName
    var kind: FaultKind { .suite }
    var account: Account {
        Account(
            subject: "board \(board)", action: "give its kernel",
            cause: "it is of kind qemu and boots what a recipe names",
            remedy: "`doorbell kernel show` tells where that lies.")
    }
}
