// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A file system of a board, as `df -P` describes it (POSIX.1-2017, df).
struct BoardSpace: Sendable, Hashable {
    /// What is left; nothing where the file system does not tell, such as an initramfs.
    let free: ByteCount?
    /// Where it is mounted.
    let mountPoint: String

    /// What stays free beside a kernel: a loader's environment must still be writable.
    private static let reserve = ByteCount.mebibytes(1)

    /// Asks a board; the folder must exist.
    /// - Throws: `SSHError`.
    static func of(_ folder: String, _ hand: BoardHand) async throws -> BoardSpace {
        let said = try await hand.run(#"df -P -k "$1" | tail -n 1"#, folder)
        let fields = said.split(whereSeparator: \.isWhitespace)
        guard fields.count >= 6, let blocks = UInt64(fields[3]) else {
            return .everything
        }
        return BoardSpace(free: .bytes(blocks << 10), mountPoint: String(fields[5]))
    }

    /// Sees to it that both folders have room.
    /// - Throws: `BootFault.Cause.noSpace`, `SSHError`.
    static func check(
        for image: Int, in folder: String, and modules: Int, in modulesFolder: String,
        _ hand: BoardHand
    ) async throws {
        try await check(for: image, in: folder, hand)
        guard modules > 0 else { return }
        try await hand.run(#"mkdir -p "$1""#, modulesFolder)
        try await check(for: modules, in: modulesFolder, hand)
    }

    private static func check(
        for count: Int, in folder: String, _ hand: BoardHand
    ) async throws {
        let needed = ByteCount.bytes(UInt64(count) + reserve.rawValue)
        guard let free = try await of(folder, hand).free else { return }
        guard free >= needed else {
            throw BootFault(
                board: hand.board, cause: .noSpace(folder: folder, needed: needed, free: free))
        }
    }

    /// Where all paths are as they are, and room is not counted: a server's folder.
    static let everything = BoardSpace(free: nil, mountPoint: "/")

    /// A path as a boot loader sees it: from the top of its file system.
    func loaderPath(_ path: String) -> String {
        guard mountPoint != "/", path.hasPrefix(mountPoint + "/") else { return path }
        return String(path.dropFirst(mountPoint.count))
    }
}
