// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import Foundation
import PCIInventory
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

/// What a board is, whatever case runs on it: facts, doorbells, and what sits on its buses.
struct BoardSurvey: Sendable {
    let evidence: BoardEvidence
    let inventory: [PCIDevice]
    /// The texts that both were read from.
    let texts: [RawText]

    /// Reads everything at once: a board's time goes into starting processes, not into reading.
    static func take(of board: LiveBoard) async throws -> BoardSurvey {
        async let facts = run(BoardFactsText.script, on: board, .boardFacts, "facts.txt")
        async let tree = run(DeviceTreeText.script, on: board, .deviceTree, "device-tree.txt")
        async let controllers = run(
            MADTText.script, on: board, .interruptControllers, "madt.txt")
        async let memory = run("cat /proc/iomem", on: board, .ioMemory, "iomem.txt")
        async let log = board.files.kernelLog()
        async let buses = RemoteInventory.read(
            over: board.connection,
            deadline: .after(board.budgets.step, for: "the inventory of board \(board.name)"))
        let texts = [
            try await facts, try await tree, try await controllers, try await memory,
            RawText(source: .bootLog, file: "boot-dmesg.txt", text: try await log),
            RawText(source: .pciInventory, file: "pci-mirror.txt", text: try await buses.mirror),
        ]
        return BoardSurvey(
            evidence: BoardEvidence(texts: texts), inventory: try await buses.devices,
            texts: texts)
    }

    private static func run(
        _ script: String, on board: LiveBoard, _ source: RawText.Source, _ file: String
    ) async throws -> RawText {
        let deadline = Deadline.after(board.budgets.step, for: "\(file) of board \(board.name)")
        let result = try await board.connection.run(
            RemoteCommand(script: script), deadline: deadline)
        return RawText(source: source, file: file, text: try result.succeeded().text)
    }
}
