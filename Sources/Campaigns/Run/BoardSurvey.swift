// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import PCIInventory
import SecureShell
import Vocabulary

/// What a board is, whatever case runs on it: facts, doorbells, and what sits on its buses.
struct BoardSurvey: Sendable {
    let evidence: BoardEvidence
    let inventory: [PCIDevice]
    /// The texts that both were read from.
    let texts: [RawText]

    /// Reads everything through the agent: starting a process for each would take the board longer
    /// than a case.
    /// - Throws: `BoardFileError`, `SysfsMirrorError`, `PCIInventoryError`.
    static func take(of board: LiveBoard) async throws -> BoardSurvey {
        let facts = try await BoardFactsReading.read(from: board)
        let firmware = try await FirmwareReading.read(from: board.files)
        let memory = try await board.files.text(of: "/proc/iomem")
        let log = try await board.files.kernelLog()
        let buses = try await RemoteInventory.read(through: board.files)
        let texts = [
            RawText(source: .boardFacts, file: "facts.txt", text: facts),
            RawText(source: .deviceTree, file: "device-tree.txt", text: firmware.tree),
            RawText(source: .interruptControllers, file: "madt.txt", text: firmware.madt),
            RawText(source: .ioRemapping, file: "iort.txt", text: firmware.iort),
            RawText(source: .ioMemory, file: "iomem.txt", text: memory),
            RawText(source: .bootLog, file: "boot-dmesg.txt", text: log),
            RawText(source: .pciInventory, file: "pci-mirror.txt", text: buses.mirror),
        ]
        return BoardSurvey(
            evidence: BoardEvidence(texts: texts), inventory: buses.devices, texts: texts)
    }
}
