// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

extension VirtualBoardTier {
    @Suite("A virtual board, booted for real")
    struct BootTests {
        @Test(
            "boots beside another one, is reached by the pinned key, restarts, and lets a card go")
        func twoBoards() async throws {
            async let its: Void = Bench.withMachine(
                .virtITS, kernel: "linux-image-6.12.*+deb12-arm64"
            ) { machine in
                try await expectSSH(of: machine, "GICv3")
                let again = try await machine.reset(deadline: .after(.seconds(90), for: "a reset"))
                #expect(again.bootID != machine.ready.bootID)
            }
            async let v2m: Void = Bench.withMachine(.virtV2M) { machine in
                try await expectSSH(of: machine, "GICv2")
                try await machine.monitor.unplug(
                    "net1", deadline: .after(.seconds(30), for: "the card's removal"))
            }
            _ = try await (its, v2m)
        }

        @Test("whose kernel panics is the kernel's fault, with its last words")
        func panic() async throws {
            let error = await #expect(throws: MachineError.self) {
                // No such first process, and no disk to look for one.
                try await Bench.withMachine(.virtITS, words: ["rdinit=/nothing"]) { _ in }
            }
            guard case .panicked(_, let line, let lastLines) = try #require(error) else {
                throw Unexpected(error: error)
            }
            #expect(line.contains("VFS: Unable to mount root fs"))
            #expect(!lastLines.isEmpty)
            #expect(error?.kind == .kernel)
        }

        @Test("that is not ready in time is the kernel's fault, and is switched off")
        func hang() async throws {
            let error = await #expect(throws: MachineError.self) {
                try await Bench.withMachine(.virtV2M, patience: .seconds(1)) { _ in }
            }
            guard case .hung = try #require(error) else { throw Unexpected(error: error) }
            #expect(error?.kind == .kernel)
        }

        @Test("that QEMU cannot make is the bench's fault, in QEMU's own words")
        func earlyEnd() async throws {
            var spec = MachineSpec.virtITS
            spec.cpu = "cortex-nothing"
            let error = await #expect(throws: MachineError.self) {
                try await Bench.withMachine(spec) { _ in }
            }
            guard case .ended(_, let status, let words) = try #require(error) else {
                throw Unexpected(error: error)
            }
            #expect(status == "exit code 1")
            #expect(words.contains("unable to find CPU model 'cortex-nothing'"))
            #expect(error?.kind == .bench)
        }

        private struct Unexpected: Error {
            let error: MachineError?
        }

        private func expectSSH(of machine: BootedMachine, _ controller: String) async throws {
            let known = FilePath("/tmp/doorbell-known-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(atPath: known.string) }
            let login = machine.login
            try "[\(login.host)]:\(login.port) \(login.hostKey)\n"
                .write(toFile: known.string, atomically: true, encoding: .utf8)
            let output = try await Tool.run(
                "ssh",
                [
                    "-F", "none", "-p", "\(login.port)", "-i", login.clientKey.string,
                    "-o", "UserKnownHostsFile=\(known)", "-o", "StrictHostKeyChecking=yes",
                    "\(login.user)@\(login.host)",
                    "cat /proc/sys/kernel/random/boot_id /proc/interrupts; ls /sys/kernel/tracing/events/iommu; "
                        + "cat /sys/bus/pci/devices/*/device; printf x | sha256sum; modprobe vfio_pci",
                ], deadline: .after(.seconds(60), for: "a command by SSH")
            ).succeeded()
            for text in [
                machine.ready.bootID, controller, "io_page_fault", "0x11e8", "0x10d3",
                "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
            ] {
                #expect(output.text.contains(text), "\(text) in \(output.text)")
            }
        }
    }
}
