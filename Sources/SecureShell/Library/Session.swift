// SPDX-License-Identifier: GPL-3.0-or-later

import CLibSSH
import Glibc

/// One libssh session in non-blocking mode, and the event by which it waits.
///
/// "You cannot use a single session (or channels for a single session) in several threads at the
/// same time" (libssh, *Threads with libssh*): an object of this type belongs to one connection's
/// thread.
@safe final class Session {
    let handle: OpaquePointer
    private let event: OpaquePointer
    private let wakeUp: WakeUp
    private let counter: UnsafeMutablePointer<ssh_counter_struct>
    private var isInEvent = false
    private var hasAskedForLife = false
    private(set) var isOpen = true

    init(wakeUp: WakeUp) throws(SSHError.Cause) {
        guard let handle = unsafe ssh_new(), let event = unsafe ssh_event_new() else {
            throw .library("libssh has no memory for a session")
        }
        unsafe self.handle = handle
        unsafe self.event = event
        self.wakeUp = wakeUp
        unsafe counter = .allocate(capacity: 1)
        unsafe counter.initialize(to: ssh_counter_struct())
        unsafe ssh_set_counters(handle, counter, nil)
        unsafe ssh_set_blocking(handle, 0)
        let context = unsafe Unmanaged.passUnretained(wakeUp).toOpaque()
        unsafe ssh_event_add_fd(
            event, wakeUp.descriptor, Int16(POLLIN),
            { _, _, context in
                // The session holds the object for as long as libssh knows the descriptor.
                guard let context = unsafe context else { return 0 }
                unsafe Unmanaged<WakeUp>.fromOpaque(context).takeUnretainedValue().hear()
                return 0
            }, context)
    }

    deinit {
        close()
        unsafe counter.deallocate()
    }

    /// Says goodbye and frees the session with all its channels.
    ///
    /// Blocks for a few packets at most.
    func close() {
        guard isOpen else { return }
        isOpen = false
        unsafe ssh_event_remove_fd(event, wakeUp.descriptor)
        unsafe ssh_event_free(event)
        unsafe ssh_disconnect(handle)
        unsafe ssh_free(handle)
    }

    /// How many bytes came from the server so far.
    var bytesHeard: UInt64 { unsafe counter.pointee.in_bytes }

    /// The last error; the text stands in the session's own buffer, so it is copied at once.
    var lastError: String { unsafe String(cString: ssh_get_error(UnsafeMutableRawPointer(handle))) }

    /// Whether the server or the network has ended the connection.
    var isLost: Bool {
        unsafe ssh_get_status(handle) & (CInt(SSH_CLOSED) | CInt(SSH_CLOSED_ERROR)) != 0
    }

    /// Asks the server for a sign of life.
    func sendKeepAlive() {
        // libssh remembers the answer to the last one until it is asked for it, and only then
        // sends another.
        if hasAskedForLife { unsafe ssh_send_keepalive(handle) }
        hasAskedForLife = true
        unsafe ssh_send_keepalive(handle)
    }

    /// Waits until something comes, somebody rings, or the time is over; handles what came.
    func wait(atMost milliseconds: CInt) {
        if !isInEvent {
            isInEvent = unsafe ssh_event_add_session(event, handle) == SSH_OK
        }
        // Errors are not told here: they stay in the session, where `isLost` finds them.
        _ = unsafe ssh_event_dopoll(event, milliseconds)
    }
}
