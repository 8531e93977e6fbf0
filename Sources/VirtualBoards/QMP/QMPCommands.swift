// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

extension QMPClient {
    /// Ends QEMU at once, without asking the board.
    package func quit(deadline: Deadline) throws {
        do {
            try execute("quit", deadline: deadline)
        } catch QMPError.closed {
            // QEMU may be gone before its answer is.
        }
    }

    /// Presses the board's reset button.
    package func reset(deadline: Deadline) throws {
        try execute("system_reset", deadline: deadline)
    }

    /// Freezes the board's processors.
    package func stop(deadline: Deadline) throws { try execute("stop", deadline: deadline) }

    /// Lets a frozen board go on.
    package func resume(deadline: Deadline) throws { try execute("cont", deadline: deadline) }

    /// Asks whether the board runs.
    package func status(deadline: Deadline) throws -> Status {
        let answer = try execute("query-status", deadline: deadline)
        guard let name = answer["status"]?.string, let running = answer["running"]?.bool else {
            throw QMPError.garbage(line: "the answer to query-status has no status")
        }
        return Status(name: name, isRunning: running)
    }

    /// Unplugs a device and awaits that the board has let it go.
    ///
    /// Only a device behind a root port can be unplugged while the board runs.
    package func unplug(_ device: String, deadline: Deadline) throws {
        try askToRelease(device, deadline: deadline)
        try awaitRelease(of: device, deadline: deadline)
    }

    /// Asks the board to let a device go, as somebody does who presses the button of its slot.
    package func askToRelease(_ device: String, deadline: Deadline) throws {
        try execute("device_del", ["id": .string(device)], deadline: deadline)
    }

    /// Awaits that the board has let a device go.
    package func awaitRelease(of device: String, deadline: Deadline) throws {
        _ = try event(deadline: deadline) {
            $0.name == "DEVICE_DELETED" && $0.data["device"]?.string == device
        }
    }

    /// Asks which trace points with such a name are switched on; `*` stands for anything.
    func tracePoints(like pattern: String, deadline: Deadline) throws -> [String] {
        let answer = try execute(
            "trace-event-get-state", ["name": .string(pattern)], deadline: deadline)
        return (answer.array ?? []).compactMap { point in
            point["state"]?.string == "enabled" ? point["name"]?.string : nil
        }
    }

    /// Asks through the human monitor what no QMP command tells.
    package func monitor(_ line: String, deadline: Deadline) throws -> String {
        let answer = try execute(
            "human-monitor-command", ["command-line": .string(line)], deadline: deadline)
        guard let text = answer.string else {
            throw QMPError.garbage(line: "the answer to `\(line)` is no text")
        }
        return text
    }
}
