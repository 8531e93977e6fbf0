// SPDX-License-Identifier: GPL-3.0-or-later

import CLibSSH
import Vocabulary

/// One command's channel: what came over it, and how the command ended.
///
/// libssh calls back for each packet, so no call has to ask whether something came.
@safe final class Channel {
    /// Which of a command's outputs.
    enum Output: Int { case standard, error }

    let session: Session
    let mark: CommandMark
    private let handle: OpaquePointer
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>
    private var isFreed = false

    /// Whether libssh keeps bytes for which there was no room here.
    private var isHoldingBack = false
    /// What came and was not taken yet.
    private var received: [[UInt8]] = [[], []]
    /// The most bytes of each output that are held; more stays with the server.
    let capacity: Int
    private(set) var status: RemoteStatus?
    private(set) var isClosedByServer = false
    private(set) var hasEnded = false

    init(in session: Session, mark: CommandMark, capacity: Int) throws(SSHError.Cause) {
        guard session.isOpen, let handle = unsafe ssh_channel_new(session.handle) else {
            throw .library(session.isOpen ? session.lastError : "the session is closed")
        }
        self.session = session
        self.mark = mark
        unsafe self.handle = handle
        self.capacity = capacity
        unsafe callbacks = .allocate(capacity: 1)
        unsafe callbacks.initialize(to: ssh_channel_callbacks_struct())
        listen()
    }

    deinit {
        free()
        unsafe callbacks.deallocate()
    }

    /// Whether libssh still has the channel: a session that is closed has freed its channels.
    private var isUsable: Bool { !isFreed && session.isOpen }

    /// Closes the channel and gives it back; what has not been taken is lost.
    func free() {
        guard isUsable else { return }
        isFreed = true
        // libssh keeps a channel until the server has closed it as well, longer than we do.
        unsafe ssh_remove_channel_callbacks(handle, callbacks)
        // The first call may only get as far as the end-of-file.
        if unsafe ssh_channel_close(handle) == SSH_AGAIN { unsafe ssh_channel_close(handle) }
        unsafe ssh_channel_free(handle)
    }
}

extension Channel {
    func open() -> Step { isUsable ? unsafe Step(ssh_channel_open_session(handle)) : .failed }

    func execute(_ shellText: String) -> Step {
        isUsable ? unsafe Step(ssh_channel_request_exec(handle, shellText)) : .failed
    }

    /// Hands over as many bytes as the server has room for, and says how many; nil for an error.
    func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard isUsable else { return nil }
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe ssh_channel_write(handle, buffer.baseAddress, UInt32(buffer.count))
        }
        return count >= 0 ? Int(count) : nil
    }

    /// Says that nothing more will be written.
    func sendEndOfFile() {
        if isUsable { unsafe ssh_channel_send_eof(handle) }
    }

    /// Whether nothing more can come than what can be taken.
    var isAtEnd: Bool { (hasEnded || isClosedByServer) && !isHoldingBack }

    /// How many bytes of an output can be taken.
    func count(_ output: Output) -> Int { received[output.rawValue].count }

    /// Takes what came, at most that many bytes.
    func take(_ output: Output, atMost limit: Int = .max) -> [UInt8] {
        defer { if isHoldingBack { refill(output) } }
        if received[output.rawValue].count <= limit {
            defer { received[output.rawValue] = [] }
            return received[output.rawValue]
        }
        defer { received[output.rawValue].removeFirst(limit) }
        return Array(received[output.rawValue].prefix(limit))
    }

    /// Fetches what libssh had to keep because there was no room.
    private func refill(_ output: Output) {
        let room = capacity - received[output.rawValue].count
        guard room > 0, isUsable else { return }
        isHoldingBack = false
        var bytes = [UInt8](repeating: 0, count: min(room, 65536))
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe ssh_channel_read_nonblocking(
                handle, buffer.baseAddress, UInt32(buffer.count), CInt(output.rawValue))
        }
        if count > 0 { received[output.rawValue] += bytes.prefix(Int(count)) }
        if count == bytes.count { isHoldingBack = true }
    }
}

extension Channel {
    /// Keeps a packet as far as there is room; what is not taken stays in libssh and holds the
    /// server back.
    fileprivate func receive(_ bytes: UnsafeRawBufferPointer, _ output: Output) -> CInt {
        let room = max(0, capacity - received[output.rawValue].count)
        unsafe received[output.rawValue].append(contentsOf: bytes.prefix(room))
        if bytes.count > room { isHoldingBack = true }
        return CInt(min(room, bytes.count))
    }

    private func listen() {
        // `ssh_callbacks_init` is a macro that Swift does not see; this is what it does.
        unsafe callbacks.pointee.size = MemoryLayout<ssh_channel_callbacks_struct>.size
        unsafe callbacks.pointee.userdata = Unmanaged.passUnretained(self).toOpaque()
        unsafe callbacks.pointee.channel_data_function = { _, _, data, count, isError, context in
            guard let data = unsafe data else { return 0 }
            let bytes = unsafe UnsafeRawBufferPointer(start: data, count: Int(count))
            return unsafe Channel.from(context)?.receive(bytes, isError == 0 ? .standard : .error)
                ?? 0
        }
        unsafe callbacks.pointee.channel_eof_function = { _, _, context in
            unsafe Channel.from(context)?.hasEnded = true
        }
        unsafe callbacks.pointee.channel_close_function = { _, _, context in
            unsafe Channel.from(context)?.isClosedByServer = true
        }
        unsafe callbacks.pointee.channel_exit_status_function = { _, _, status, context in
            unsafe Channel.from(context)?.status = .exited(status)
        }
        unsafe callbacks.pointee.channel_exit_signal_function = { _, _, signal, _, _, _, context in
            guard let signal = unsafe signal else { return }
            unsafe Channel.from(context)?.status = .killed(by: String(cString: signal))
        }
        unsafe ssh_add_channel_callbacks(handle, callbacks)
    }

    /// The channel behind a callback; it has removed its callbacks before it goes.
    private static func from(_ context: UnsafeMutableRawPointer?) -> Channel? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Channel>.fromOpaque(context).takeUnretainedValue()
    }
}
