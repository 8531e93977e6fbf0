// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SecureShell

/// What a board's firmware or memory has kept of a kernel that died (Linux's pstore).
///
/// It is read by the kernel that runs afterwards, so it is there only once a board is recovered.
package struct PersistentStore: Sendable {
    private let connection: SSHConnection
    private let folder: RemotePath

    /// Looks at the folder where the kernel shows the store.
    package init(over connection: SSHConnection, folder: RemotePath = "/sys/fs/pstore") {
        (self.connection, self.folder) = (connection, folder)
    }

    /// Reads every record, gives it to the archive, and frees the store of what was archived.
    ///
    /// A record that the archive does not take stays on the board, and so does one that is no text,
    /// since the archive could not keep it as it is. A board without a store gives nothing.
    /// The records are given in the order of their names.
    /// - Throws: `SSHError`; what the archive throws.
    package func collect(
        deadline: Deadline, archive: (PersistentRecord) throws -> Void
    ) async throws -> [PersistentRecord] {
        let records = try await read(deadline: deadline)
        for record in records {
            try archive(record)
            guard record.isText else { continue }
            _ = try await connection.run(
                RemoteCommand("rm", ["-f", folder.appending(record.name).text]),
                deadline: deadline
            ).succeeded()
        }
        return records
    }

    /// Reads every record and changes nothing but that the store is mounted.
    /// - Throws: `SSHError`.
    package func read(deadline: Deadline) async throws -> [PersistentRecord] {
        let list = try await connection.run(
            RemoteCommand(script: Self.listing, [folder.text]), deadline: deadline
        ).succeeded()
        var records: [PersistentRecord] = []
        for name in list.text.split(separator: "\n").map(String.init).sorted() {
            let bytes = try await connection.run(
                RemoteCommand("cat", [folder.appending(name).text]), deadline: deadline
            ).succeeded().standardOutput
            records.append(PersistentRecord(name: name, bytes: bytes))
        }
        return records
    }

    /// A store that nobody has mounted is an empty folder; names with odd characters are no
    /// records of the kernel's (fs/pstore/inode.c).
    private static let listing = """
        cd "$1" 2>/dev/null || exit 0
        if [ -z "$(ls -A)" ] && ! grep -q " $1 " /proc/mounts; then
            mount -t pstore pstore "$1" || exit
            cd "$1" || exit
        fi
        for file in *; do
            case $file in *[!A-Za-z0-9._-]* | .* | -*) continue ;; esac
            [ -f "$file" ] && printf '%s\\n' "$file"
        done
        true
        """
}
