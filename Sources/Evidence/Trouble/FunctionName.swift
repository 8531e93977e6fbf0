// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of a kernel's function, as a trace of calls has it.
enum FunctionName {
    /// Takes it out of `name.isra.0+0x24/0x34 [module]` (`%pS` of lib/vsprintf.c).
    static func read(_ text: some StringProtocol) -> String? {
        let symbol = text.drop { $0 == " " || $0 == "\t" || $0 == "?" }
            .prefix { $0 != " " && $0 != "\t" }
        guard let plus = symbol.firstRange(of: "+0x"), plus.lowerBound > symbol.startIndex else {
            return nil
        }
        let name = symbol[..<plus.lowerBound]
        let isName = name.utf8.allSatisfy { $0.isWordByte || ".$".utf8.contains($0) }
        return isName ? String(withoutSuffix(name)) : nil
    }

    /// Whether a function only reports, sleeps or checks for others: the trouble is its caller's.
    static func isHelper(_ name: String) -> Bool {
        helpers.contains(name) || helpersBegin.contains { name.hasPrefix($0) }
    }

    /// Compilers make several of one function: `.isra.0`, `.constprop.0`, `.part.0`, `.cold`.
    private static func withoutSuffix(_ name: some StringProtocol) -> Substring {
        Substring(name.prefix { $0 != "." })
    }

    private static let helpersBegin = [
        "__list_", "refcount_", "usercopy_", "__check_object_size", "__schedule", "schedule",
        "__mutex_", "mutex_", "__down", "down_", "rwsem_", "wait_for_completion",
        "io_schedule", "dump_backtrace", "show_stack", "dump_stack", "rcu_", "__might_",
        "smp_call_function", "do_wait_", "__wait_", "wait_", "synchronize_", "__copy_overflow",
    ]
    private static let helpers: Set<String> = [
        "__switch_to", "panic", "die", "__warn", "bug_handler", "might_resched",
        "default_idle_call",
        "cpu_do_idle", "_raw_spin_lock", "_raw_spin_lock_irqsave", "queued_spin_lock_slowpath",
        "kobject_put", "memcpy", "memset", "__memcpy", "__memset", "__pi_memcpy", "__pi_memset",
        "__arch_copy_from_user", "__arch_copy_to_user",
        "preempt_schedule_common", "sched_show_task", "show_regs", "__die", "arm64_notify_die",
    ]
}
