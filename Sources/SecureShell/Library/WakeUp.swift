// SPDX-License-Identifier: GPL-3.0-or-later

import CLibSSH
import Glibc
import Synchronization

/// An eventfd by which other threads end the wait of a connection's thread.
final class WakeUp: Sendable {
    let descriptor: CInt
    private let heard = Atomic(false)

    /// Opens the descriptor, or says why the kernel has none for us.
    init() throws(SSHError.Cause) {
        descriptor = clibssh_eventfd()
        let code = errno
        guard descriptor >= 0 else { throw .library("no eventfd: errno \(code)") }
    }

    deinit { close(descriptor) }

    /// Ends the present wait, or the next one; any thread may call it.
    func ring() {
        var one: UInt64 = 1
        // The only failure is a counter near 2^64, and then the wait ends as well.
        _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Takes the ring off the descriptor and remembers it.
    func hear() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
        heard.store(true, ordering: .relaxed)
    }

    /// Says whether it rang since it was last asked.
    func takeRing() -> Bool { heard.exchange(false, ordering: .relaxed) }

    /// Waits for a ring and nothing else.
    func wait() {
        var descriptors = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        unsafe poll(&descriptors, 1, -1)
        hear()
        _ = takeRing()
    }
}
