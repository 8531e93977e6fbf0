// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// The name by which the kernel knows the calling thread.
enum ThreadName {
    /// Sets the name; the kernel keeps its first 15 bytes (`TASK_COMM_LEN`, include/linux/sched.h).
    ///
    /// Foundation's `Thread.name` loses a name that is set before the new thread knows itself, and
    /// Swift does not see `pthread_setname_np`. A thread without its name works as well.
    static func set(_ name: String) {
        let file = try? FileDescriptor.open("/proc/thread-self/comm", .writeOnly)
        _ = try? file?.closeAfter { try file?.writeAll(name.utf8) }
    }
}
