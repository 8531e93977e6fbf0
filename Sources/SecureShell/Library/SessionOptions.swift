// SPDX-License-Identifier: GPL-3.0-or-later

import CLibSSH

extension Session {
    /// Tells libssh where to go, and to read nobody's configuration.
    func configure(for target: SSHTarget) throws(SSHError.Cause) {
        // Without this, ~/.ssh/config and /etc/ssh/ssh_config decide what a test means.
        try set(SSH_OPTIONS_PROCESS_CONFIG, false)
        // The key exchange looks into these for the order of algorithms.
        try set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null")
        try set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null")
        try set(SSH_OPTIONS_HOST, target.host)
        try set(SSH_OPTIONS_PORT, UInt32(target.port))
        try set(SSH_OPTIONS_USER, target.user)
        // Small requests to the agent must not wait for the acknowledgement of the last one.
        try set(SSH_OPTIONS_NODELAY, Int32(1))
        try set(SSH_OPTIONS_HOSTKEYS, Self.algorithms(preferring: target.hostKeys))
    }

    /// The host key types in the order in which we ask for them, the pinned ones first.
    static func algorithms(preferring pins: [HostKeyPin]) -> String {
        let known = [
            "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
            "rsa-sha2-512", "rsa-sha2-256",
        ]
        let pinned = pins.compactMap(\.algorithm)
            .flatMap { $0 == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [$0] }
        let first = known.filter(pinned.contains)
        return (first + known.filter { !first.contains($0) }).joined(separator: ",")
    }

    private func set(_ option: ssh_options_e, _ text: String) throws(SSHError.Cause) {
        if unsafe ssh_options_set(handle, option, text) < 0 { throw .library(lastError) }
    }

    private func set<Value: BitwiseCopyable>(
        _ option: ssh_options_e, _ value: Value
    ) throws(SSHError.Cause) {
        var value = value
        if unsafe ssh_options_set(handle, option, &value) < 0 { throw .library(lastError) }
    }
}
