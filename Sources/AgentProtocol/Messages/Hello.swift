// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Greets the agent: always the first request.
package struct Hello: AgentRequest {
    package typealias Answer = AgentIdentity
    package static let kind = RequestKind.hello

    package init() {}

    package func write(to writer: inout WireWriter) {}

    package init(from reader: inout WireReader) throws(WireError) {}
}

/// What the agent is and where it runs.
package struct AgentIdentity: WireValue {
    /// The agent's process ID: trace records of its calls carry it.
    package var process: UInt32
    /// `uname -r`.
    package var kernelRelease: String
    /// `uname -m`.
    package var machine: String
    /// The page size of the CPU.
    package var pageSize: ByteCount
    /// When the greeting was answered.
    package var clock: BoardInstant
    /// The hash of the sources the agent was built from.
    package var build: String
    /// Where the controller's connection comes from, as the board sees it: the first word of
    /// `SSH_CONNECTION`; empty where the agent was not started over SSH.
    package var controller: String

    package init(
        process: UInt32, kernelRelease: String, machine: String, pageSize: ByteCount,
        clock: BoardInstant, build: String, controller: String
    ) {
        self.process = process
        self.kernelRelease = kernelRelease
        self.machine = machine
        self.pageSize = pageSize
        self.clock = clock
        self.build = build
        self.controller = controller
    }

    package func write(to writer: inout WireWriter) {
        process.write(to: &writer)
        kernelRelease.write(to: &writer)
        machine.write(to: &writer)
        pageSize.write(to: &writer)
        clock.write(to: &writer)
        build.write(to: &writer)
        controller.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        process = try UInt32(from: &reader)
        kernelRelease = try String(from: &reader)
        machine = try String(from: &reader)
        pageSize = try ByteCount(from: &reader)
        clock = try BoardInstant(from: &reader)
        build = try String(from: &reader)
        controller = try String(from: &reader)
    }
}
