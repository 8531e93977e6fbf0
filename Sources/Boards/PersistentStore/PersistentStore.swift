// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SecureShell

/// What a board's firmware or memory has kept of a kernel that died (Linux's pstore).
///
/// It is read by the kernel that runs afterwards, so it is there only once a board is recovered.
package struct PersistentStore: Sendable {
    private let connection: SSHConnection
    private let folder: RemotePath
    private let keeper: RemotePath

    /// Looks at the folder where the kernel shows the store, and at the one where systemd-pstore(8)
    /// puts its records early in each boot.
    package init(
        over connection: SSHConnection, folder: RemotePath = "/sys/fs/pstore",
        keeper: RemotePath = "/var/lib/systemd/pstore"
    ) {
        (self.connection, self.folder, self.keeper) = (connection, folder, keeper)
    }

    /// Lists what lies there, and changes nothing but that the store is mounted.
    ///
    /// A board without a store has nothing. The files are in the order of their names.
    /// - Throws: `SSHError`.
    package func files(deadline: Deadline) async throws -> [PersistentFile] {
        let list = try await connection.run(
            RemoteCommand(script: Self.listing, [folder.text, keeper.text]), deadline: deadline
        ).succeeded()
        return list.text.split(separator: "\n")
            .compactMap { PersistentFile($0, store: folder, keeper: keeper) }
            .sorted { $0.name < $1.name }
    }

    /// Reads every record that was not there before, gives it to the archive, and frees the store of
    /// what was archived.
    ///
    /// A record that the archive does not take stays on the board, and so does one that is no text,
    /// since the archive could not keep it as it is. What systemd keeps is left to it.
    /// - Throws: `SSHError`; what the archive throws.
    package func collect(
        since earlier: [PersistentFile] = [], deadline: Deadline,
        archive: (PersistentRecord) async throws -> Void
    ) async throws -> [PersistentRecord] {
        var records: [PersistentRecord] = []
        for file in try await files(deadline: deadline) where !earlier.contains(file) {
            let bytes = try await connection.run(
                RemoteCommand("cat", [file.path.text]), deadline: deadline
            ).succeeded().standardOutput
            let record = PersistentRecord(file: file, bytes: bytes)
            try await archive(record)
            records.append(record)
            guard record.isText, file.isInStore else { continue }
            _ = try await connection.run(
                RemoteCommand("rm", ["-f", file.path.text]), deadline: deadline
            ).succeeded()
        }
        return records
    }

    /// A store that nobody has mounted is an empty folder.
    private static let listing = """
        if [ -d "$1" ] && [ -z "$(ls -A "$1")" ] && ! grep -q " $1 " /proc/mounts; then
            mount -t pstore pstore "$1" || exit
        fi
        for folder in "$1" "$2"; do
            [ ! -d "$folder" ] || find "$folder" -type f -exec sha256sum {} +
        done
        """
}
