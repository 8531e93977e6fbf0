// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Foundation
package import KernelTree
package import Scheduling
package import SecureShell
import SystemPackage
package import Vocabulary

/// Brings the kernel that a board runs from the board's own /boot.
package enum RunningKernel {
    /// Puts the kernel, and its modules, beside a recipe.
    ///
    /// What lies in /boot need not be what runs: the image must have the running kernel's banner
    /// and build ID.
    /// - Throws: `WrongKernel`, `NoKernelInBoot`, `SSHError`, what `KernelParcel` throws.
    package static func bring(
        from target: SSHTarget, of board: BoardName, into parcel: KernelParcel, deadline: Deadline
    ) async throws -> KernelParcel.Content {
        try await SSHConnection.withConnection(to: target, deadline: deadline) { connection in
            let identity = try await BoardIdentity.read(over: connection, deadline: deadline)
            let path = try await image(of: identity.release, on: board, connection, deadline)
            let bytes = try await connection.download(path, deadline: deadline)
            let modules = try await modules(of: identity.release, connection, deadline)
            defer { try? FileManager.default.removeItem(atPath: modules.string) }
            return try await parcel.take(
                bytes, from: "\(path) of board \(board)", modules: modules
            ) { image in
                try KernelProof(board: board, image: image).check(identity)
            }
        }
    }

    private static func image(
        of release: String, on board: BoardName, _ connection: SSHConnection, _ deadline: Deadline
    ) async throws -> RemotePath {
        let script = """
            for path in "/boot/vmlinuz-$1" "/boot/Image-$1" /boot/vmlinuz /boot/Image
            do [ ! -r "$path" ] || echo "$path"
            done
            """
        let found = try await connection.run(
            RemoteCommand(script: script, [release]), deadline: deadline
        ).succeeded().text
        guard let path = found.split(whereSeparator: \.isNewline).first else {
            throw NoKernelInBoot(board: board, release: release)
        }
        return RemotePath(String(path))
    }

    /// A folder of this machine with the modules by release; empty where the board has none.
    private static func modules(
        of release: String, _ connection: SSHConnection, _ deadline: Deadline
    ) async throws -> FilePath {
        let place = FilePath(NSTemporaryDirectory()).appending("doorbell-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: place.string, withIntermediateDirectories: true)
        let script = #"[ ! -d "/lib/modules/$1" ] || tar -C /lib/modules -cf - "$1""#
        let archive = try await connection.run(
            RemoteCommand(script: script, [release]), outputLimit: .mebibytes(2048),
            deadline: deadline
        ).succeeded()
        if !archive.standardOutput.isEmpty {
            try await Tool.run(
                "tar", ["-x", "--no-same-owner", "-f", "-", "-C", place.string],
                input: archive.standardOutput, deadline: deadline
            ).succeeded()
        }
        return place
    }
}

/// A board whose /boot has no kernel of the release that it runs.
package struct NoKernelInBoot: Blame, Hashable {
    package let board: BoardName
    package let release: String

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "give its kernel",
            cause: "/boot has no vmlinuz or Image that can be read, for release \(release)",
            remedy: "Copy the Image from where it was built, and import it with --image.")
    }
}
