// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

extension VirtualBoardTier {
    @Suite("QEMU's guardian")
    struct GuardianTests {
        @Test("ends QEMU when the controller is killed, and the next run removes what was left")
        func killed() async throws {
            let name = "orphan-\(UUID().uuidString.prefix(8).lowercased())"
            await #expect(processExitsWith: .signal(SIGKILL)) { [name = name as String] in
                let spec = MachineSpec(name: name, interruptController: .gicV3)
                try await Bench.withMachine(spec) { _ in
                    guard Bench.processes(with: name).count >= 2 else { exit(9) }
                    kill(getpid(), SIGKILL)
                }
            }
            try await retrying(
                until: .after(.seconds(5), for: "QEMU's end"), pause: .milliseconds(20)
            ) {
                guard Bench.processes(with: name).isEmpty else { throw StillThere() }
            }
            try Bench.removeLogs(of: name)
            let base = RunFolder.standardBase
            let folder = try await RunFolder.claim(
                in: base, deadline: .after(.seconds(5), for: "a folder"))
            folder.release()
            for left in try FileManager.default.contentsOfDirectory(atPath: base.string) {
                let log = base.appending(left).appending("owner").string
                #expect(left == "lock" || FileManager.default.fileExists(atPath: log))
            }
        }

        @Test("may be killed itself: QEMU ends with it")
        func guardianKilled() async throws {
            let name = "ward-\(UUID().uuidString.prefix(8).lowercased())"
            let spec = MachineSpec(name: name, interruptController: .gicV3)
            try await Bench.withMachine(spec) { machine in
                let guardians = Bench.processes(with: "doorbell-guardian")
                    .filter { Bench.processes(with: name).contains($0) }
                for guardian in guardians { kill(pid_t(guardian), SIGKILL) }
                try await machine.console.awaitEnd(deadline: .after(.seconds(5), for: "QEMU's end"))
            }
            #expect(Bench.processes(with: name).isEmpty)
        }

        @Test("ends QEMU when the run is cancelled while it boots")
        func cancelled() async throws {
            let name = "cancelled-\(UUID().uuidString.prefix(8).lowercased())"
            let spec = MachineSpec(name: name, interruptController: .gicV2)
            let run = Task { try await Bench.withMachine(spec) { _ in } }
            try await retrying(
                until: .after(.seconds(60), for: "QEMU's start"), pause: .milliseconds(20)
            ) {
                guard !Bench.processes(with: name).isEmpty else { throw StillThere() }
            }
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
            #expect(Bench.processes(with: name).isEmpty)
        }

        private struct StillThere: Error {}
    }
}
