// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Foundation
import Scheduling
import SystemPackage
import VirtualBoards
import Vocabulary

/// The least that a run on one board can cost: a shell script that boots the same QEMU, uploads the
/// agent with ssh, and feeds it the requests that a real run made.
///
/// It observes nothing but the replies, and awaits none of them before the next request.
struct FloorScript: Sendable {
    let spec: MachineSpec
    let image: BoardImage
    let agent: FilePath
    /// What a run said to the agent of this board, and what it was answered.
    let recording: AgentRecording
    let deadline: Deadline

    /// Boots the board, replays the requests, and kills QEMU when the last one is answered.
    /// - Returns: what the agent answered.
    /// - Throws: `ToolFailure`, `MachineError`, `Errno`.
    func run() async throws -> [UInt8] {
        let folder = try await RunFolder.claim(deadline: deadline)
        defer { folder.release() }
        try folder.makeDisks(for: spec.devices)
        let port = try FreePort.find()
        try "[127.0.0.1]:\(port) \(image.hostKey)\n".write(
            toFile: folder.path.appending("known_hosts").string, atomically: true, encoding: .utf8)
        let frames = try Data(contentsOf: URL(fileURLWithPath: recording.requests.string))
        let all = folder.path.appending("frames")
        try (frames + Self.lastRequests).write(to: URL(fileURLWithPath: all.string))
        try await Tool.run(
            "sh",
            ["-ec", Self.script, "floor", "\(port)", image.clientKey.string, agent.string]
                + [QEMUArguments.tool] + words(port, folder), directory: folder.path,
            deadline: deadline
        ).succeeded()
        let answers = folder.path.appending("answers")
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: answers.string)))
    }

    /// Sees to it that the replay was answered as the run was: a request that is refused takes no
    /// time, and would make the floor too low.
    /// - Throws: `UnequalFloor`, `FrameError`.
    func check(_ answers: [UInt8]) throws {
        let recorded = try Data(contentsOf: URL(fileURLWithPath: recording.answers.string))
        let run = try RecordedAnswers([UInt8](recorded))
        let differences = run.differences(from: try RecordedAnswers(answers))
        guard differences.isEmpty else {
            throw UnequalFloor(
                board: spec.name, asked: run.endings.count, differences: differences)
        }
    }

    /// The words of a real run, but for the port, which is known before, and the monitor.
    private func words(_ port: UInt16, _ folder: RunFolder) -> [String] {
        var words = QEMUArguments(spec: spec, image: image, folder: folder).words.map {
            $0.replacingOccurrences(of: "tcp:127.0.0.1:0-", with: "tcp:127.0.0.1:\(port)-")
        }
        for value in words
        where value.hasPrefix("socket,id=qmp,") || value.hasPrefix("chardev=qmp,") {
            guard let place = words.firstIndex(of: value), place > 0 else { continue }
            words.removeSubrange(place - 1...place)
        }
        return words
    }

    private static let mark = "doorbell: every request is answered"

    /// Makes a file that holds the mark and reads it: the mark is in the last answer only.
    private static var lastRequests: Data {
        let path = "/tmp/last"
        let write = WriteFile(path: path, bytes: Array("\(mark)\n".utf8), creates: true)
        let read = ReadFile(path: path, offset: 0, limit: .max)
        let frames = [
            Frame(
                kind: .request(WriteFile.kind), request: RequestID(rawValue: .max - 1),
                payload: write.payload),
            Frame(
                kind: .request(ReadFile.kind), request: RequestID(rawValue: .max),
                payload: read.payload),
        ]
        return Data(frames.flatMap(\.bytes))
    }

    /// The requests of a run count on the folder that the agent was brought to.
    private static let folder = AgentDeployment.usualFolder

    private static let script = """
        port=$1 key=$2 agent=$3
        shift 3
        board() {
            ssh -F none -i "$key" -p "$port" -o BatchMode=yes -o IdentitiesOnly=yes \\
                -o UserKnownHostsFile=known_hosts root@127.0.0.1 "$@"
        }
        mkfifo console in out
        setpriv --pdeathsig KILL -- "$@" </dev/null >console &
        trap 'kill -KILL '$! EXIT
        exec 3<console
        timeout 120 grep -qam1 '\(InitScript.readyMarker)' <&3
        cat <&3 >/dev/null &
        board 'mkdir -p \(folder) && cat >\(folder)/agent && chmod 700 \(folder)/agent' <"$agent"
        board \(folder)/agent <in | tee answers >out &
        replay=$!
        exec 4>in 5<out
        cat frames >&4 &
        timeout 120 grep -qam1 '\(mark)' <&5
        exec 4>&-
        wait $replay
        """
}

/// A replay that was answered otherwise than the run that it repeats.
struct UnequalFloor: Blame, Hashable {
    let board: String
    /// How many requests the run made.
    let asked: Int
    let differences: [String]

    var kind: FaultKind { .harness }

    var account: Account {
        Account(
            subject: "the floor of board \(board)", action: "be compared with the run",
            cause: "\(differences.count) of \(asked) requests ended otherwise: "
                + differences.prefix(5).joined(separator: "; "))
    }
}
