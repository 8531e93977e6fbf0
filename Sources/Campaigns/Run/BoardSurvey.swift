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

    /// Reads everything in one go over SSH.
    static func take(of board: LiveBoard) async throws -> BoardSurvey {
        var texts: [RawText] = []
        let scripts: [(RawText.Source, String, String)] = [
            (.boardFacts, "facts.txt", BoardFactsText.script),
            (.deviceTree, "device-tree.txt", DeviceTreeText.script),
            (.ioMemory, "iomem.txt", "cat /proc/iomem"),
        ]
        for (source, file, script) in scripts {
            let text = try await run(script, on: board, for: file)
            texts.append(RawText(source: source, file: file, text: text))
        }
        texts.append(
            RawText(
                source: .bootLog, file: "boot-dmesg.txt", text: try await board.files.kernelLog()))
        let (mirror, inventory) = try await RemoteInventory.read(
            over: board.connection,
            deadline: .after(board.budgets.step, for: "the inventory of board \(board.name)"))
        texts.append(RawText(source: .pciInventory, file: "pci-mirror.txt", text: mirror))
        return BoardSurvey(
            evidence: BoardEvidence(texts: texts), inventory: inventory, texts: texts)
    }

    private static func run(
        _ script: String, on board: LiveBoard, for what: String
    ) async throws -> String {
        let deadline = Deadline.after(board.budgets.step, for: "\(what) of board \(board.name)")
        return try await board.connection.run(RemoteCommand(script: script), deadline: deadline)
            .succeeded().text
    }
}
