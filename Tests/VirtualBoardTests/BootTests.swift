// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

@Suite("A virtual board, booted for real", .serialized)
struct BootTests {
    @Test(
        "boots from Debian's packages, is reached by the pinned key, and restarts",
        arguments: [MachineSpec.virtV2M, .virtITS], ["debian-6.1", "debian-6.12"])
    func boots(spec: MachineSpec, kernel: String) async throws {
        let recipe = try #require(KernelRecipe(name: kernel))
        let image = try await ImageMaker { print($0) }
            .image(for: recipe, deadline: .after(.seconds(600), for: "the board image"))
        let log = FilePath("/tmp/doorbell-test-\(UUID().uuidString).log")
        defer { try? FileManager.default.removeItem(atPath: log.string) }
        try await VirtualMachine.withMachine(
            spec, image: image, consoleLog: log, deadline: .after(.seconds(120), for: "the boot")
        ) { machine in
            print(machine.ready, machine.version, machine.login.port)
            let status = try await machine.monitor.status(
                deadline: .after(.seconds(5), for: "the status"))
            #expect(status.isRunning)
        }
        print(try String(contentsOfFile: log.string, encoding: .utf8).suffix(300))
    }
}
