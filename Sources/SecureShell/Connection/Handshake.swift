// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

// The three steps before the first command: connect, check who the server is, prove who we are.

extension SSHConnection {
    /// Connects and tells the server's host key; nothing has been said about us yet.
    func exchangeKeys(_ session: Session, _ deadline: Deadline) async throws -> OfferedHostKey {
        let activity = activity("open an SSH connection to \(target.host):\(target.port)", deadline)
        connecting: while true {
            switch session.connect() {
            case .done: break connecting
            case .failed: throw activity.failure(.unreachable(session.lastError))
            case .again: try await awaitConnection(activity)
            }
        }
        session.prepareSocket()
        do throws(SSHError.Cause) {
            return try session.offeredHostKey()
        } catch {
            throw activity.failure(error)
        }
    }

    private func awaitConnection(_ activity: Activity) async throws {
        do {
            try await awaitNews(activity)
        } catch let error as SSHError {
            // What was never there cannot be lost.
            guard case .dropped(let reason, _) = error.cause else { throw error }
            throw activity.failure(.unreachable(reason))
        }
    }

    /// Refuses a server whose key is not pinned.
    func checkHostKey(_ offered: OfferedHostKey) throws {
        if let refusal = offered.check(against: target.hostKeys) {
            throw failure("trust the SSH server at \(target.host):\(target.port)", refusal)
        }
    }

    /// Proves who we are by the one way that the target names.
    func authenticate(_ session: Session, _ deadline: Deadline) async throws {
        let activity = activity("log in as \(target.user)", deadline)
        let key = try privateKey(activity)
        while true {
            let step = key.map(session.authenticate(with:)) ?? session.authenticateByAgent()
            switch step {
            case .done: return
            case .again: try await awaitNews(activity)
            case .denied: throw activity.failure(refused(because: "the server does not take it"))
            case .partial:
                throw activity.failure(refused(because: "the server wants a second proof as well"))
            case .failed: throw activity.failure(refused(because: session.lastError))
            }
        }
    }

    private func refused(because reason: String) -> SSHError.Cause {
        let proof =
            switch target.authentication {
            case .keyFile(let path): "the key in \(path)"
            case .agent: "the keys of the agent"
            }
        return .notAuthenticated(user: target.user, reason: "\(proof) was offered; \(reason)")
    }

    private func privateKey(_ activity: Activity) throws -> PrivateKey? {
        guard case .keyFile(let path) = target.authentication else { return nil }
        do throws(SSHError.Cause) {
            return try PrivateKey(file: path)
        } catch {
            throw activity.failure(error)
        }
    }

    /// Asks a server for its host key without logging in: the first half of an enrolment.
    ///
    /// Nothing is trusted by it: the caller shows the fingerprint to somebody who can compare.
    package static func fetchHostKey(
        of name: String, host: String, port: UInt16, deadline: Deadline
    ) async throws -> OfferedHostKey {
        let target = SSHTarget(
            name: name, host: host, port: port, user: "nobody", hostKeys: [], authentication: .agent
        )
        let connection = try SSHConnection(to: target, keepAliveInterval: .seconds(15))
        return try await withCleanup {
            try await connection.openSession(deadline)
        } cleanup: {
            await connection.close()
        }
    }
}
