// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import Scheduling
import SystemPackage

/// A socket file on which QEMU calls us as soon as it starts, so nobody has to poll for it.
struct MonitorListener: ~Copyable {
    private let descriptor: FileDescriptor

    /// Listens at a path; the folder around it must be private to its owner.
    init(at path: FilePath) throws(QMPError) {
        let file = try Self.made()
        do throws(QMPError) {
            try Self.listen(on: file, at: path)
        } catch {
            try? file.close()
            throw error
        }
        descriptor = file
    }

    fileprivate static func made() throws(QMPError) -> FileDescriptor {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(AF_UNIX, kind, 0)
        guard number >= 0 else { throw .system("make a socket") }
        return FileDescriptor(rawValue: number)
    }

    private static func listen(on file: FileDescriptor, at path: FilePath) throws(QMPError) {
        guard var address = sockaddr_un(path: path) else {
            throw .socket(action: "listen", reason: "the path \(path) is too long for a socket")
        }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file.rawValue, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, Glibc.listen(file.rawValue, 1) == 0 else {
            throw .system("listen at \(path)")
        }
    }

    deinit { try? descriptor.close() }

    /// Awaits QEMU's call; blocks, but looks at the deadline and at cancellation ten times a second.
    func accept(deadline: Deadline) throws -> MonitorSocket {
        try descriptor.awaitReadable(deadline: deadline)
        let number = Glibc.accept(descriptor.rawValue, nil, nil)
        guard number >= 0 else { throw QMPError.system("accept QEMU's connection") }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        return MonitorSocket(descriptor: FileDescriptor(rawValue: number))
    }
}

/// An open connection with QEMU's monitor.
struct MonitorSocket: ~Copyable {
    private let descriptor: FileDescriptor

    fileprivate init(descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// Calls a QEMU that listens at the path.
    init(calling path: FilePath) throws(QMPError) {
        let file = try MonitorListener.made()
        do throws(QMPError) {
            try Self.call(path, on: file)
        } catch {
            try? file.close()
            throw error
        }
        descriptor = file
    }

    private static func call(_ path: FilePath, on file: FileDescriptor) throws(QMPError) {
        guard var address = sockaddr_un(path: path) else {
            throw .socket(action: "be called", reason: "the path \(path) is too long for a socket")
        }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file.rawValue, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw .system("be called at \(path)") }
    }

    deinit { try? descriptor.close() }

    func send(_ bytes: [UInt8]) throws(QMPError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { bytes in
                Glibc.send(
                    descriptor.rawValue, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else {
                if errno == EINTR { continue }
                if errno == EPIPE || errno == ECONNRESET { throw .closed(during: "a command") }
                throw .system("send")
            }
            rest = rest.dropFirst(sent)
        }
    }

    /// Awaits some bytes; none at all mean that QEMU closed the connection.
    func receive(deadline: Deadline) throws -> [UInt8] {
        try descriptor.awaitReadable(deadline: deadline)
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(descriptor.rawValue, &buffer, buffer.count, 0)
        guard count >= 0 else {
            if errno == ECONNRESET { return [] }
            throw QMPError.system("receive")
        }
        return Array(buffer.prefix(count))
    }
}

extension QMPError {
    fileprivate static func system(_ action: String) -> QMPError {
        .socket(action: action, reason: Errno(rawValue: errno).description)
    }
}

extension FileDescriptor {
    fileprivate func awaitReadable(deadline: Deadline) throws {
        while true {
            try Task.checkCancellation()
            try deadline.check()
            let slice = min(deadline.remaining, .milliseconds(100))
            var entry = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
            if poll(&entry, 1, Int32(slice / .milliseconds(1)) + 1) > 0 { return }
        }
    }
}

extension sockaddr_un {
    fileprivate init?(path: FilePath) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.string.utf8)
        let fits = withUnsafeMutableBytes(of: &sun_path) { buffer in
            // One byte stays zero: the end of the string.
            guard bytes.count < buffer.count else { return false }
            buffer.copyBytes(from: bytes)
            return true
        }
        if !fits { return nil }
    }
}
