// SPDX-License-Identifier: GPL-3.0-or-later

import CLibSSH
import Glibc
import SystemPackage

/// A private key in libssh's memory.
@safe final class PrivateKey {
    let handle: ssh_key

    /// Reads a key file that nobody but its owner may read.
    init(file path: FilePath) throws(SSHError.Cause) {
        try Self.checkPermissions(of: path)
        var key: ssh_key?
        // No passphrase and no callback: an encrypted key is an error and never a question.
        let code = unsafe ssh_pki_import_privkey_file(path.string, nil, nil, nil, &key)
        guard code == SSH_OK, let key = unsafe key else {
            throw .keyFile(path, .unreadable("it is no private key, or it has a passphrase"))
        }
        unsafe handle = key
    }

    deinit { unsafe ssh_key_free(handle) }

    private static func checkPermissions(of path: FilePath) throws(SSHError.Cause) {
        var status = stat()
        let code = unsafe stat(path.string, &status)
        let failure = Errno(rawValue: errno)
        guard code == 0 else { throw .keyFile(path, .missing(failure)) }
        guard status.st_mode & 0o077 == 0 else {
            throw .keyFile(path, .permissions(status.st_mode))
        }
    }
}

extension Session {
    /// Proves who we are by a key.
    func authenticate(with key: PrivateKey) -> AuthenticationStep {
        unsafe AuthenticationStep(ssh_userauth_publickey(handle, nil, key.handle))
    }

    /// Proves who we are by whatever key of the agent the server takes.
    func authenticateByAgent() -> AuthenticationStep {
        unsafe AuthenticationStep(ssh_userauth_agent(handle, nil))
    }
}

/// How far the authentication has come.
enum AuthenticationStep {
    case done, again, denied, partial, failed

    init(_ code: CInt) {
        switch code {
        case SSH_AUTH_SUCCESS.rawValue: self = .done
        case SSH_AUTH_AGAIN.rawValue: self = .again
        case SSH_AUTH_DENIED.rawValue: self = .denied
        case SSH_AUTH_PARTIAL.rawValue: self = .partial
        default: self = .failed
        }
    }
}
