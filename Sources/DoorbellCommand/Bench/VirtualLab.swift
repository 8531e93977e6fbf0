// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Boards
import Campaigns
import VirtualBoards

/// The boards that QEMU makes, ready to be booted.
struct VirtualLab {
    private let project: Project

    init(_ project: Project) { self.project = project }

    /// A board, and what it boots.
    struct VirtualBoard: Sendable {
        let plan: BoardPlan
        let spec: MachineSpec
        let image: BoardImage
    }

    /// Reads the lab file and makes the images where they are missing.
    func boards() async throws -> [VirtualBoard] {
        let request = try RunChoice.parse(["smoke", "--lab", "virtual"]).request(in: project)
        let kitchen = ImageKitchen { Terminal.standardError.say("doorbell: \($0)") }
        var boards: [VirtualBoard] = []
        for order in request.boards {
            let (plan, _) = try await kitchen.plan(for: order)
            guard case .virtual(let spec, let image) = plan.access else { continue }
            boards.append(VirtualBoard(plan: plan, spec: spec, image: image))
        }
        return boards
    }
}
