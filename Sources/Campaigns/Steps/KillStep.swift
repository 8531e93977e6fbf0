// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Scheduling
import Vocabulary

/// The agents that hold one container each, because the case will kill them.
///
/// A process that dies with everything armed must be one of its own, and the agent that goes on must
/// not be touched by it. A second agent, over a channel of its own on the same connection, is that
/// process: it needs nothing that the first does not have, and the kernel cleans up after it.
struct Holders: Sendable {
    let board: LiveBoard
    /// The containers that some step of the case kills.
    let doomed: Set<ContainerName>
    private(set) var agents: [ContainerName: Holder] = [:]
    /// Every process that ever held one.
    private(set) var processes: [Int32] = []

    struct Holder: Sendable {
        let session: AgentSession
        let process: UInt32
    }

    init(board: LiveBoard, steps: [Step]) {
        self.board = board
        doomed = Set(
            steps.compactMap(\.killed))
    }

    /// Starts the agent that will hold a container.
    mutating func start(for container: ContainerName) async throws {
        let deadline = Deadline.after(
            board.budgets.step, for: "another agent on board \(board.name)")
        let (session, identity) = try await board.startAnotherAgent(deadline: deadline)
        agents[container] = Holder(session: session, process: identity.process)
        processes.append(Int32(bitPattern: identity.process))
    }

    /// Lets an agent go, dead or alive: one that lives gives everything back first.
    mutating func release(_ container: ContainerName) async {
        guard let holder = agents.removeValue(forKey: container) else { return }
        await holder.session.close(deadline: .after(.seconds(5), for: "the end of an agent"))
    }

    mutating func releaseAll() async {
        for container in agents.keys.sorted() { await release(container) }
    }
}

extension StepRunner {
    /// Kills the agent that holds a container; nobody closes anything.
    mutating func kill(_ name: ContainerName, into record: inout StepRecord) async throws {
        _ = try container(name)
        guard let holder = holders.agents[name] else {
            throw StepObstacle(
                description: "container '\(name)' is not held by a process of its own")
        }
        let before = try await files.kernelLog()
        var expected = stage
        expected.forget(name)
        let request = EndProcess(process: holder.process)
        let answer = try await ask(request, expecting: expected, through: nil, into: &record)
        guard answer != nil else { return }
        stage = expected
        await holders.release(name)
        try await keepLog(since: before, index: record.index)
    }

    /// The agent that holds a container, or the one that holds all others.
    func session(of container: ContainerName?) -> AgentSession {
        container.flatMap { holders.agents[$0]?.session } ?? agent
    }
}
