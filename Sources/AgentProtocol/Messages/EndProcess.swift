// SPDX-License-Identifier: GPL-3.0-or-later

/// Kills another agent with SIGKILL and awaits its end: so a process dies with all that is armed.
///
/// Only a process that runs the same executable is killed. The answer comes when the kernel has
/// closed the process's files.
package struct EndProcess: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.endProcess

    package var process: UInt32

    package init(process: UInt32) {
        self.process = process
    }

    package func write(to writer: inout WireWriter) {
        process.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        process = try UInt32(from: &reader)
    }
}
