// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleSign {
    /// Reads what the watchdogs find (`kernel/watchdog.c`, `kernel/workqueue.c`, 6.12).
    @Sendable static func lockup(_ message: MessageBytes) -> TroubleSign? {
        if message.holds("hard LOCKUP on cpu") {
            return TroubleSign(.hardLockup, "hard LOCKUP", isTraced: true)
        }
        if message.holds("BUG: soft lockup") {
            return TroubleSign(.softLockup, "soft lockup", isTraced: true)
        }
        guard message.holds("BUG: workqueue lockup") else { return nil }
        return TroubleSign(.softLockup, "workqueue lockup")
    }

    /// Reads what RCU complains of (`kernel/rcu/tree_stall.h`, `tree_exp.h`, `tasks.h`, 6.12).
    @Sendable static func stall(_ message: MessageBytes) -> TroubleSign? {
        guard let end = message.end(of: "INFO: rcu") else { return nil }
        let words: [StaticString] = [
            " self-detected stall", " detected stalls", " detected expedited stalls",
            " detected stall,",
        ]
        guard words.contains(where: { message.end(of: $0, from: end) != nil }) else { return nil }
        return TroubleSign(.rcuStall, "RCU stall", isTraced: true)
    }

    /// Reads `INFO: task name:153 blocked for more than 120 seconds.` (`kernel/hung_task.c`, 6.12).
    @Sendable static func hungTask(_ message: MessageBytes) -> TroubleSign? {
        guard let end = message.end(of: "INFO: task "),
            message.end(of: " blocked for more than ", from: end) != nil
        else { return nil }
        return TroubleSign(.hungTask, "task hung", isTraced: true)
    }
}
