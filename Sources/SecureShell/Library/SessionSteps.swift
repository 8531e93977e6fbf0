// SPDX-License-Identifier: GPL-3.0-or-later

import CLibSSH
import Glibc

/// How far a call has come that libssh wants to be repeated until it is done.
enum Step {
    case done
    /// Nothing more can be done before something comes from the server.
    case again
    case failed

    init(_ code: CInt) {
        switch code {
        case SSH_OK: self = .done
        case SSH_AGAIN: self = .again
        default: self = .failed
        }
    }
}

extension Session {
    /// Connects and exchanges keys.
    ///
    /// Looking up a host name blocks for as long as the resolver does.
    func connect() -> Step { unsafe Step(ssh_connect(handle)) }

    /// Makes the socket non-blocking again, which libssh undoes when it has connected, and lets
    /// the kernel find out about a peer that has gone while nothing is said.
    func prepareSocket() {
        let socket = unsafe ssh_get_fd(handle)
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
        // Options that a kernel does not have cost nothing but the early news.
        setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1)
        setOption(socket, CInt(IPPROTO_TCP), TCP_KEEPIDLE, 10)
        setOption(socket, CInt(IPPROTO_TCP), TCP_KEEPINTVL, 5)
        setOption(socket, CInt(IPPROTO_TCP), TCP_KEEPCNT, 3)
    }

    private func setOption(_ socket: CInt, _ level: CInt, _ name: CInt, _ value: CInt) {
        var value = value
        unsafe setsockopt(socket, level, name, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    /// The key by which the server proved who it is.
    func offeredHostKey() throws(SSHError.Cause) -> OfferedHostKey {
        var key: ssh_key?
        guard unsafe ssh_get_server_publickey(handle, &key) == SSH_OK, let key = unsafe key else {
            throw .library(lastError)
        }
        defer { unsafe ssh_key_free(key) }
        var base64: UnsafeMutablePointer<CChar>?
        guard unsafe ssh_pki_export_pubkey_base64(key, &base64) == SSH_OK,
            let base64 = unsafe base64
        else { throw .library("the server's public key cannot be written") }
        defer { unsafe ssh_string_free_char(base64) }
        let text = unsafe String(cString: base64)
        let algorithm = unsafe String(cString: Session.typeName(of: key))
        guard let pin = HostKeyPin("\(algorithm) \(text)") else {
            throw .library("the server's public key is not of its own type \(algorithm)")
        }
        return OfferedHostKey(fingerprint: pin.fingerprint, algorithm: algorithm, base64: text)
    }

    private static func typeName(of key: ssh_key) -> UnsafePointer<CChar> {
        unsafe ssh_key_type_to_char(ssh_key_type(key))
    }
}
