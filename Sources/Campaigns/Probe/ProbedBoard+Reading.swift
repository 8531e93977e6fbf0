// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import PCIInventory
import Passthrough
package import Scheduling
package import SecureShell
package import Vocabulary

extension ProbedBoard {
    /// Looks at a board, without an agent, and changes nothing there.
    /// - Throws: `SSHError`, `BoardFileError`, `SysfsMirrorError`, `PCIInventoryError`.
    package static func read(
        over connection: SSHConnection, deadline: Deadline
    ) async throws -> ProbedBoard {
        let shell = Shell(connection: connection, deadline: deadline)
        let files = ShellFiles(over: connection, deadline: deadline)
        let kernel = try await shell.words("uname -r -m")
        let buses = try await RemoteInventory.read(over: connection, deadline: deadline)
        let controller = try await shell.words(#"echo "${SSH_CONNECTION%% *}""#).first
        let lifelines = try await BoardLifelines.read(from: files, controller: controller)
        return ProbedBoard(
            release: kernel.first ?? "", machine: kernel.dropFirst().first ?? "",
            pageSize: AuxiliaryVector.pageSize(
                try await files.contents(of: "/proc/self/auxv", limit: .mebibytes(1))),
            evidence: try await evidence(files, log: try await shell.text("dmesg || true")),
            translators: try await files.entriesIfPresent(of: "/sys/class/iommu") ?? [],
            groupTypes: try await groupTypes(shell), inventory: buses.devices,
            lifelines: lifelines.purposes)
    }

    private static func evidence(_ files: ShellFiles, log: String) async throws -> BoardEvidence {
        let firmware = try await FirmwareReading.read(from: files)
        return BoardEvidence(texts: [
            RawText(source: .deviceTree, file: "device-tree.txt", text: firmware.tree),
            RawText(source: .interruptControllers, file: "madt.txt", text: firmware.madt),
            RawText(source: .ioRemapping, file: "iort.txt", text: firmware.iort),
            RawText(source: .bootLog, file: "boot-dmesg.txt", text: log),
        ])
    }

    private static func groupTypes(_ shell: Shell) async throws -> [String: String] {
        let script = """
            for group in /sys/kernel/iommu_groups/*
            do [ ! -r "$group/type" ] || echo "${group##*/} $(cat "$group/type")"
            done
            """
        let lines = try await shell.text(script).split(whereSeparator: \.isNewline)
        let pairs = lines.map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count == 2 }.map { ($0[0], $0[1]) }
        return Dictionary(pairs) { first, _ in first }
    }

    private struct Shell {
        let connection: SSHConnection
        let deadline: Deadline

        func text(_ script: String) async throws -> String {
            try await connection.run(RemoteCommand(script: script), deadline: deadline)
                .succeeded().text
        }

        func words(_ script: String) async throws -> [String] {
            try await text(script).split(whereSeparator: \.isWhitespace).map(String.init)
        }
    }
}

/// What the kernel hands to each process: pairs of 64-bit words, in the board's byte order.
package enum AuxiliaryVector {
    /// `AT_PAGESZ` (`include/uapi/linux/auxvec.h`), in bytes.
    package static func pageSize(_ bytes: [UInt8]) -> ByteCount? {
        let words = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        for place in stride(from: 0, to: words.count - words.count % 2, by: 2)
        where words[place] == 6 {
            return .bytes(words[place + 1])
        }
        return nil
    }
}
