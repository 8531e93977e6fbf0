// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

/// A machine that the controller knows by its address alone, with a disk, a power switch and a
/// serial line: a QEMU that no doorbell has started.
struct LabMachine {
    enum Firmware {
        case uefi, uBoot

        /// Where Debian's packages have it.
        fileprivate var path: String {
            switch self {
            case .uefi: "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"
            case .uBoot: "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
            }
        }
    }

    let scene: Scene
    let port: UInt16
    let home: BoardImage
    let wiring: LabWiring

    var shell: BoardShell { BoardShell(port: port, key: home.clientKey) }

    /// Gives the body a machine that has booted its own kernel, and takes its power in the end.
    static func with(
        _ firmware: Firmware, _ kind: LabWiring.Kind, tftp: Bool = false,
        _ body: @escaping @Sendable (LabMachine) async throws -> Void
    ) async throws {
        try await Scene.with { scene in
            let home = try await Bench.image()
            let disk = LabDisk(
                home: home, asksNetwork: firmware == .uBoot && tftp,
                deadline: .after(.seconds(600), for: "the disk"))
            try await disk.write(to: scene.folder.appending("disk.img"))
            if tftp {
                try await disk.writeServed(
                    to: scene.folder.appending("tftp"),
                    initrd: scene.folder.appending("initrd.img"))
            }
            let key = try String(contentsOfFile: home.clientKey.string, encoding: .utf8)
            try scene.write(key, to: "id", mode: 0o600)
            let port = try FreePort.find()
            try await LabWiring.with(kind, in: scene.folder) { wiring in
                let machine = LabMachine(scene: scene, port: port, home: home, wiring: wiring)
                try machine.makeVariables()
                let words = machine.words(firmware, tftp: tftp)
                try scene.write(Self.script(words), to: "board", mode: 0o755)
                try await machine.live(body)
            }
        }
    }

    private func live(
        _ body: @escaping @Sendable (LabMachine) async throws -> Void
    ) async throws {
        try await wiring.switchPower("on")
        let result: Result<Void, any Error>
        do {
            try await awaitHome()
            result = .success(try await body(self))
        } catch {
            result = .failure(error)
        }
        wiring.repair()
        try await Task { try await wiring.switchPower("off") }.value
        try await expectOff()
        try result.get()
    }

    private func expectOff() async throws {
        try await retrying(until: .after(.seconds(5), for: "QEMU's end")) {
            guard processes.isEmpty else { throw StillOn(processes: processes) }
        }
    }

    private struct StillOn: Error { let processes: [Int] }

    /// The machine's own processes; none where it has no power.
    var processes: [Int] {
        Bench.processes(with: scene.folder.appending("disk.img").string).filter(Bench.isQEMU)
    }

    /// Awaits a command over SSH.
    func awaitHome() async throws {
        try await retrying(
            until: .after(.seconds(120), for: "the machine"), pause: .milliseconds(500)
        ) { _ = try await shell.run("true").succeeded() }
    }

    /// What the machine runs, and which boot of it.
    func running() async throws -> (release: String, boot: String) {
        let text = try await shell.run("uname -r; cat /proc/sys/kernel/random/boot_id")
            .succeeded().text
        let lines = text.split(separator: "\n").map(String.init)
        return (try #require(lines.first), try #require(lines.last))
    }

    /// What a lab may know of the machine besides its address.
    enum Wire: CaseIterable { case power, console }

    /// Writes a lab with the machine, and how it is made to boot.
    func writeLab(
        boot: String, timeouts: String = "{boot: 60s, connect: 6s, step: 30s}",
        with wires: [Wire] = Wire.allCases
    ) throws {
        let wires = wires.map { wire in
            switch wire {
            case .power: "power: \(wiring.power)"
            case .console: "console: \(wiring.console)"
            }
        }
        let lab = SceneBoard.remoteLab(
            port: port,
            [
                "host-key: \(home.hostKey)", "identity: id", "timeouts: \(timeouts)",
                "boot: \(boot)",
            ] + wires)
        try scene.write(lab, to: "lab.yaml")
    }
}

// MARK: What it is made of

extension LabMachine {
    private func words(_ firmware: Firmware, tftp: Bool) -> [String] {
        let folder = scene.folder
        let served = tftp ? ",tftp=\(folder)/tftp,bootfile=grubnetaa64.efi" : ""
        return [
            "-machine", "virt,gic-version=3,iommu=smmuv3,virtualization=on,acpi=off",
            "-cpu", "neoverse-n1", "-smp", "2", "-m", "1G", "-nodefaults", "-no-user-config",
            "-display", "none", "-bios", firmware.path, "-chardev", wiring.serialPort,
            "-serial", "chardev:console",
            "-drive", "if=none,id=disk,file=\(folder)/disk.img,format=raw",
            "-device", "virtio-blk-pci,drive=disk,addr=3,bootindex=1",
            "-drive", "if=pflash,unit=1,format=raw,file=\(folder)/variables.img",
            "-netdev", "user,id=ssh,restrict=on,hostfwd=tcp:127.0.0.1:\(port)-:22" + served,
            "-device",
            "virtio-net-pci,netdev=ssh,addr=1,romfile=,mac=\(Self.address)"
                + (tftp ? ",bootindex=0" : ""),
            "-device", "edu,addr=4", "-device", "virtio-rng-pci,addr=5",
        ]
    }

    /// What U-Boot 2023.01 takes for the address of QEMU's card, whatever it is: a board whose firmware
    /// and kernel differ in it loses its network.
    static let address = "52:52:52:52:52:52"

    /// The second flash of QEMU's machine, empty: UEFI keeps its variables there without power.
    private func makeVariables() throws {
        let path = scene.folder.appending("variables.img")
        try Data().write(to: URL(filePath: path.string))
        guard truncate(path.string, 64 << 20) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Is QEMU as long as it has power, and outlives a test that dies by minutes.
    private static func script(_ words: [String]) -> String {
        """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 1
        { timeout 900 tail --pid=$$ -f /dev/null || kill -KILL $$; } </dev/null >/dev/null 2>&1 &
        exec qemu-system-aarch64 \(words.joined(separator: " ")) </dev/null >qemu.log 2>&1

        """
    }
}
