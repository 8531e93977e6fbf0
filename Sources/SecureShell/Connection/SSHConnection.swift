// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

/// One authenticated connection to a board; any number of commands and streams share it.
///
/// It lives on a thread of its own. The thread sleeps in one place only: when no job is left it
/// waits for packets, jobs and rings together, and then lets everybody who awaits news look again.
/// So a cancellation or a deadline is noticed at once, and a command waits for nothing but its
/// own packets.
package actor SSHConnection {
    package nonisolated let target: SSHTarget
    /// The key by which the server proved who it is; the archive records it.
    package private(set) var hostKey: OfferedHostKey?

    nonisolated let executor: ThreadExecutor
    nonisolated let wakeUp: WakeUp
    private let connectionRest: ConnectionRest
    private let keepAliveInterval: Duration

    private(set) var session: Session?
    /// Why the session ended, if it ended by itself.
    private(set) var loss: String?
    var streams: [RemoteStream.Identity: OpenStream] = [:]
    var nextStream: UInt64 = 0
    /// The commands that have been started and whose end has not been seen.
    var running: Set<CommandMark> = []
    var endings: [CommandMark: Task<Void, Never>] = [:]
    private var waiters: [UInt64: Waiter] = [:]
    private var nextWaiter: UInt64 = 0
    private var lastBytesHeard: UInt64 = 0
    private var lastNews = ContinuousClock.now
    private var keepAliveSentAt: ContinuousClock.Instant?

    struct Waiter {
        let continuation: CheckedContinuation<Void, Never>
        let wakeAt: ContinuousClock.Instant
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    init(to target: SSHTarget, keepAliveInterval: Duration) throws(SSHError) {
        do throws(SSHError.Cause) {
            wakeUp = try WakeUp()
        } catch {
            throw SSHError(target: target.name, action: "open an SSH connection", cause: error)
        }
        self.target = target
        self.keepAliveInterval = keepAliveInterval
        connectionRest = ConnectionRest(wakeUp)
        executor = ThreadExecutor(named: "ssh \(target.name.suffix(11))", resting: connectionRest)
    }

    deinit { executor.retire() }
}

extension SSHConnection {
    /// Connects, checks the host key, and proves who we are; `close` must follow.
    ///
    /// A server that does not answer is an error at once; whoever waits for a boot retries.
    package static func connect(
        to target: SSHTarget, deadline: Deadline, keepAliveInterval: Duration = .seconds(15)
    ) async throws -> SSHConnection {
        let connection = try SSHConnection(to: target, keepAliveInterval: keepAliveInterval)
        do {
            try await connection.establish(deadline)
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    /// Gives the body a connection, which is closed when the body ends.
    package static func withConnection<Value>(
        to target: SSHTarget, deadline: Deadline,
        _ body: (SSHConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connect(to: target, deadline: deadline)
        return try await withCleanup {
            try await body(connection)
        } cleanup: {
            await connection.close()
        }
    }

    /// Ends everything that still runs over the connection, and its thread.
    package nonisolated func close() async {
        await endCommands()
        await disconnect()
        await executor.shutDown()
    }

    /// Takes the connection for lost from now on: whoever waits on it is told why, at once.
    ///
    /// For who knows by another way, such as the console, that no answer can come any more.
    package func giveUp(because reason: String) {
        loss = loss ?? reason
        resumeWaiters()
    }

    private func disconnect() {
        connectionRest.serve(nil)
        streams.removeAll()
        session?.close()
        session = nil
        resumeWaiters()
    }

    private func establish(_ deadline: Deadline) async throws {
        let offered = try await openSession(deadline)
        try checkHostKey(offered)
        guard let session else { throw failure("log in", .closed) }
        try await authenticate(session, deadline)
        hostKey = offered
    }

    /// Starts the session and exchanges keys.
    func openSession(_ deadline: Deadline) async throws -> OfferedHostKey {
        let session: Session
        do throws(SSHError.Cause) {
            session = try Session(wakeUp: wakeUp)
            try session.configure(for: target)
        } catch {
            throw failure("open an SSH connection", error)
        }
        self.session = session
        connectionRest.serve(self)
        return try await exchangeKeys(session, deadline)
    }
}

// MARK: Waiting

extension SSHConnection {
    /// Returns when there is news from the server, and latest at the deadline or a cancellation.
    ///
    /// - Throws: `CancellationError`; `SSHError` when the deadline has passed or the connection is
    ///   lost.
    func awaitNews(_ activity: Activity) async throws {
        try check(activity)
        nextWaiter += 1
        let identity = nextWaiter
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters[identity] = Waiter(
                    continuation: continuation, wakeAt: activity.deadline.instant)
            }
        } onCancel: {
            wakeUp.ring()
        }
        try check(activity)
    }

    /// Throws when the activity must not go on.
    func check(_ activity: Activity) throws {
        try Task.checkCancellation()
        if let loss {
            throw activity.failure(.dropped(reason: loss, after: activity.elapsed))
        }
        guard session != nil else { throw activity.failure(.closed) }
        if activity.deadline.hasPassed {
            throw activity.failure(.deadline(DeadlineExceeded(activity.deadline)))
        }
    }

    /// Waits on the connection's thread, when it has no job left, and spreads the news.
    func rest() {
        guard let session, loss == nil else { return wakeUp.wait() }
        // Calls of libssh that were made since the last wait may have read packets of others.
        if !wakeUp.takeRing(), session.bytesHeard == lastBytesHeard {
            session.wait(atMost: patience)
            _ = wakeUp.takeRing()
        }
        noteNews(from: session)
        resumeWaiters()
    }

    private func noteNews(from session: Session) {
        if session.bytesHeard != lastBytesHeard {
            lastBytesHeard = session.bytesHeard
            lastNews = .now
            keepAliveSentAt = nil
        }
        if session.isLost {
            loss = session.lastError
        } else {
            keepAlive(session)
        }
    }

    private func keepAlive(_ session: Session) {
        let now = ContinuousClock.now
        if let asked = keepAliveSentAt {
            guard now - asked >= keepAliveInterval else { return }
            loss = "the server has not answered for \((now - lastNews).inSeconds)"
        } else if now - lastNews >= keepAliveInterval {
            session.sendKeepAlive()
            keepAliveSentAt = now
        }
    }

    /// How long nothing needs to be looked at, in milliseconds.
    private var patience: CInt {
        let keepAlive = (keepAliveSentAt ?? lastNews) + keepAliveInterval
        let next = waiters.values.map(\.wakeAt).reduce(keepAlive, min)
        let wait = ContinuousClock.now.duration(to: next) / .milliseconds(1)
        return CInt(max(0, min(wait.rounded(.up), 60_000)))
    }

    private func resumeWaiters() {
        let woken = waiters
        waiters.removeAll(keepingCapacity: true)
        for waiter in woken.values { waiter.continuation.resume() }
    }
}
