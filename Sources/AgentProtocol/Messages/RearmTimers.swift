// SPDX-License-Identifier: GPL-3.0-or-later

/// Has the kernel program the timer of each processor anew, for a virtual board whose timers were
/// lost.
///
/// The agent sleeps on one processor after the other until a moment that is long past. The answer
/// has a call for each.
package struct RearmTimers: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.rearmTimers

    package init() {}
    package func write(to writer: inout WireWriter) {}
    package init(from reader: inout WireReader) throws(WireError) {}
}
