// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One line of a trace: who, where, when, what.
package struct TraceRecord: Sendable, Hashable, Codable {
    package let command: String
    package let process: Int32
    package let cpu: UInt32
    /// Interrupt and preemption state as the kernel prints it; empty where it prints none.
    package let flags: String
    /// Trace text has microseconds: the event happened within half of one around this.
    package let time: BoardInstant
    package let event: TraceEvent
    package let line: RawLine

    package init(
        command: String, process: Int32, cpu: UInt32, flags: String, time: BoardInstant,
        event: TraceEvent, line: RawLine
    ) {
        self.command = command
        self.process = process
        self.cpu = cpu
        self.flags = flags
        self.time = time
        self.event = event
        self.line = line
    }
}
