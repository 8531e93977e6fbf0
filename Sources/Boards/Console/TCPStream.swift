// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import Scheduling
import SystemPackage
package import Vocabulary

/// A TCP connection that is read for as long as it lasts.
///
/// Its calls block on a thread of their own, and look at cancellation ten times a second.
actor TCPStream {
    private let address: NetworkAddress
    private let executor: ThreadExecutor
    private var descriptor: FileDescriptor?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(to address: NetworkAddress, executor: ThreadExecutor) {
        (self.address, self.executor) = (address, executor)
    }

    deinit { try? descriptor?.close() }

    /// Connects with the first address of the host that answers.
    /// - Throws: `ConsoleError`, `DeadlineExceeded`, `CancellationError`.
    func connect(deadline: Deadline) throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, "\(address.port)", &hints, &list)
        guard code == 0 else { throw failure("be reached", String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var last = Errno.noSuchAddressOrDevice
        var next = list
        while let entry = next {
            do {
                descriptor = try Self.connected(entry.pointee, deadline)
                return
            } catch let error as Errno {
                last = error
            }
            next = entry.pointee.ai_next
        }
        throw failure("be reached", "\(last)")
    }

    /// Awaits some bytes; nothing when the other end has closed the connection.
    /// - Throws: `ConsoleError`, `CancellationError`.
    func receive() throws -> [UInt8]? {
        guard let descriptor else { return nil }
        try Self.await(POLLIN, on: descriptor, deadline: nil)
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(descriptor.rawValue, &buffer, buffer.count, 0)
        guard count >= 0 else {
            throw failure("be heard any more", "\(Errno(rawValue: errno))")
        }
        return count == 0 ? nil : Array(buffer.prefix(count))
    }

    /// Sends a few bytes.
    /// - Throws: `ConsoleError`, `DeadlineExceeded`, `CancellationError`.
    func send(_ bytes: [UInt8], deadline: Deadline) throws {
        var rest = bytes[...]
        while let descriptor, !rest.isEmpty {
            try Self.await(POLLOUT, on: descriptor, deadline: deadline)
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor.rawValue, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw failure("be told", "\(Errno(rawValue: errno))") }
            rest = rest.dropFirst(sent)
        }
    }

    func close() {
        try? descriptor?.close()
        descriptor = nil
    }

    private func failure(_ action: String, _ cause: String) -> ConsoleError {
        ConsoleError(subject: "the console at \(address)", action: action, cause: cause)
    }
}

extension TCPStream {
    private static func connected(
        _ entry: addrinfo, _ deadline: Deadline
    ) throws -> FileDescriptor {
        let kind = entry.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(entry.ai_family, kind, entry.ai_protocol)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        let file = FileDescriptor(rawValue: number)
        do {
            if Glibc.connect(number, entry.ai_addr, entry.ai_addrlen) != 0 {
                guard errno == EINPROGRESS else { throw Errno(rawValue: errno) }
                try Self.await(POLLOUT, on: file, deadline: deadline)
                var code: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &size)
                if code != 0 { throw Errno(rawValue: code) }
            }
            keepAlive(number)
            return file
        } catch {
            try? file.close()
            throw error
        }
    }

    /// A serial server that lost its power closes nothing: after half a minute it is missed.
    private static func keepAlive(_ number: Int32) {
        let size = socklen_t(MemoryLayout<Int32>.size)
        for (level, name, value) in [
            (SOL_SOCKET, SO_KEEPALIVE, 1), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 10),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 5), (Int32(IPPROTO_TCP), TCP_KEEPCNT, 4),
        ] as [(Int32, Int32, Int32)] {
            var value = value
            setsockopt(number, level, name, &value, size)
        }
    }

    private static func await(
        _ event: Int32, on file: FileDescriptor, deadline: Deadline?
    ) throws {
        while true {
            try Task.checkCancellation()
            try deadline?.check()
            var entry = pollfd(fd: file.rawValue, events: Int16(event), revents: 0)
            if poll(&entry, 1, 100) > 0 { return }
        }
    }
}

/// A console that cannot be heard.
package struct ConsoleError: Blame, Hashable {
    package let subject: String
    package let action: String
    package let cause: String

    package var kind: FaultKind { .bench }
    package var account: Account { Account(subject: subject, action: action, cause: cause) }
}
