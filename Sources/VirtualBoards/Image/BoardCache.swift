// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage

/// The folder in which kernels, packages, images and keys are kept from run to run.
package struct BoardCache: Sendable, Hashable {
    package let root: FilePath

    package init(root: FilePath) { self.root = root }

    /// `DOORBELL_CACHE`, or `doorbell` in the user's cache folder.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let named = [
            environment["DOORBELL_CACHE"],
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : "\($0)/doorbell" },
        ].compactMap(\.self).first { !$0.isEmpty }
        root = FilePath(named ?? "\(home)/.cache/doorbell")
    }

    /// Makes the folder itself.
    /// - Throws: `ImageError.notWritten`.
    package func makeFolder() throws(ImageError) {
        do {
            try FileManager.default.createDirectory(
                atPath: root.string, withIntermediateDirectories: true)
        } catch {
            throw .notWritten(path: root.string, reason: error.localizedDescription)
        }
    }

    /// Sources, trees and kernels that are compiled here.
    package var kernels: FilePath { root.appending("kernels") }
    /// Boards that have booted.
    package var snapshots: FilePath { root.appending("snapshots") }
    package var lock: FilePath { root.appending("lock") }
    package var apt: FilePath { root.appending("apt") }
    package var clientKey: FilePath { root.appending("keys/client_ed25519") }
    package var hostKey: FilePath { root.appending("keys/host_seed") }
    /// What the client key is made of.
    package func clientSeed() -> FilePath { root.appending("keys/client_seed") }
    /// Where the image of these inputs lies, or will lie.
    package func image(_ identity: ImageIdentity) -> FilePath {
        root.appending("images/\(identity).cpio")
    }

    /// What a name stands for now: `debian-6.1`, `userland`.
    package func record(_ name: String) -> FilePath { root.appending("records/\(name).json") }
    /// The folder of unpacked packages.
    package func tree(_ name: String) -> FilePath { root.appending("trees/\(name)") }

    package func read<Value: Decodable>(_ type: Value.Type, from path: FilePath) -> Value? {
        FileManager.default.contents(atPath: path.string)
            .flatMap { try? JSONDecoder().decode(type, from: $0) }
    }

    /// Writes a file so that others see all of it or nothing.
    /// - Throws: `ImageError.notWritten`.
    package func write(
        _ bytes: some Collection<UInt8>, to path: FilePath, permissions: Int = 0o644
    ) throws(ImageError) {
        let part = path.string + ".part"
        do {
            try FileManager.default.createDirectory(
                atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
            let file = try FileDescriptor.open(
                part, .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: FilePermissions(rawValue: CModeT(permissions)))
            try file.closeAfter { _ = try file.writeAll(bytes) }
            guard rename(part, path.string) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw .notWritten(path: path.string, reason: String(describing: error))
        }
    }
}
