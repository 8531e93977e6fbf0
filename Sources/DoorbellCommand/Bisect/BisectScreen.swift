// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Campaigns
import Reports
import ResultArchive
import Vocabulary

/// Says on standard error how a bisection goes on, a line for everything that matters.
struct BisectScreen: Sendable {
    private let terminal = Terminal.standardError

    init(_ plan: BisectionPlan, _ folder: BisectionFolder) {
        say(
            "bisection \(folder.name): \(plan.revisions.count) revisions, looking for "
                + "\(plan.symptom), on \(plan.boards.map(\.text).joined(separator: ", "))")
        for note in plan.notes { say(note) }
    }

    private func say(_ line: String) { terminal.say("doorbell: \(line)") }

    func show(_ step: BisectionStep) {
        switch step {
        case .announced(let line): say(line)
        case .chosen(let revision, let board): say("\(revision) goes to \(board)")
        case .foreseen(let revision): say("\(revision) is made ahead of being asked for")
        case .compiling(let revision, let objects):
            if objects.isMultiple(of: 250) { say("compiling \(revision): \(objects) objects") }
        case .running: break
        case .spared(let revision): say("\(revision) need not be booted any more")
        case .learned(let event, let remaining):
            guard let line = BisectionText.line(event) else { return }
            say(
                "\(line); candidates left: \(remaining.candidates), boots: \(remaining.probes) or so"
            )
        }
    }
}
