// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage

extension QMPClient {
    /// Stops the board, writes everything that it holds into a file, and lets it go on.
    /// - Throws: `QMPError`; `refused` where a device or the file cannot be written.
    func save(to file: FilePath, deadline: Deadline) throws {
        try tellMigrations(deadline: deadline)
        // The default, 128 MiB a second, is made for networks.
        try execute(
            "migrate-set-parameters", ["max-bandwidth": .number(0x2_0000_0000)], deadline: deadline)
        try stop(deadline: deadline)
        let end = Result { try migrate("migrate", "exec:cat >" + Self.quoted(file), deadline) }
        try awaitStillness(deadline: deadline)
        try resume(deadline: deadline)
        try end.get()
    }

    /// Fills a board that was started with `-incoming defer`; it runs afterwards.
    /// - Throws: `QMPError`; `closed` where QEMU finds the file damaged.
    func load(from file: FilePath, deadline: Deadline) throws {
        try tellMigrations(deadline: deadline)
        try migrate("migrate-incoming", "exec:cat " + Self.quoted(file), deadline)
        // It was stopped when it was written down, and so it is again.
        try resume(deadline: deadline)
    }

    /// Awaits that QEMU may be told to go on: it tells of the end before it has finished, and not of
    /// having finished (`migration_iteration_finish`, migration/migration.c, 7.2).
    private func awaitStillness(deadline: Deadline) throws {
        while try status(deadline: deadline).name == "finish-migrate" {
            try deadline.check()
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    private func tellMigrations(deadline: Deadline) throws {
        let wish: JSONValue = .object(["capability": .string("events"), "state": .bool(true)])
        try execute(
            "migrate-set-capabilities", ["capabilities": .array([wish])], deadline: deadline)
    }

    private func migrate(_ command: String, _ place: String, _ deadline: Deadline) throws {
        try execute(command, ["uri": .string(place)], deadline: deadline)
        let ends: Set = ["completed", "failed", "cancelled"]
        let end = try event(deadline: deadline) {
            $0.name == "MIGRATION" && ends.contains($0.data["status"]?.string ?? "")
        }
        guard end.data["status"]?.string == "completed" else {
            let reason = try execute("query-migrate", deadline: deadline)["error-desc"]?.string
            throw QMPError.refused(
                command: command, class: "GenericError",
                description: reason ?? "QEMU says that it failed, and not why")
        }
    }

    /// QEMU gives what stands behind `exec:` to a shell.
    private static func quoted(_ file: FilePath) -> String {
        "'" + file.string.replacing("'", with: #"'\''"#) + "'"
    }
}
