// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Vocabulary

/// What one board is doing right now.
struct BoardProgress {
    let board: BoardName
    let cases: Int
    private(set) var ended = 0
    private(set) var activity = Activity.waiting
    /// When the activity began.
    private(set) var since: UTCInstant

    enum Activity: Hashable {
        case waiting, booting, idle, released
        case running(CaseName, done: Int, steps: Int)
    }

    init(board: BoardName, cases: Int, at moment: UTCInstant) {
        self.board = board
        self.cases = cases
        since = moment
    }

    mutating func turn(to activity: Activity, at moment: UTCInstant) {
        self.activity = activity
        since = moment
    }

    mutating func stepDone() {
        guard case .running(let name, let done, let steps) = activity else { return }
        activity = .running(name, done: done + 1, steps: steps)
    }

    mutating func caseEnded(at moment: UTCInstant) {
        ended += 1
        turn(to: .idle, at: moment)
    }

    /// `virt-its 2/7 two-devices step 5/12`.
    func line(at now: UTCInstant) -> String {
        let time = spokenSeconds(now.since(since))
        return switch activity {
        case .waiting: "\(board) waiting"
        case .booting: "\(board) booting \(time)"
        case .idle: "\(board) \(ended)/\(cases)"
        case .released: "\(board) done"
        case .running(let name, let done, let steps):
            "\(board) \(ended + 1)/\(cases) \(name)"
                + (steps > 0 ? " step \(min(done + 1, steps))/\(steps)" : "") + " \(time)"
        }
    }

    private func spokenSeconds(_ time: Duration) -> String {
        "\(max(0, time.components.seconds)) s"
    }
}
