// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard

extension Agent {
    /// Sleeps on each processor until a moment that is past: no timer of the kernel is due earlier.
    func rearmTimers(_ request: RearmTimers) throws(Trouble) -> Done {
        var processor = board_processor_from(0)
        while processor >= 0 {
            _ = try log.make(.clockNanosleep, UInt64(processor)) {
                Int(board_sleep_until_past(processor))
            }
            processor = board_processor_from(processor + 1)
        }
        return Done()
    }
}
