// SPDX-License-Identifier: GPL-3.0-or-later

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

    var shell: BoardShell { BoardShell(port: port, key: home.clientKey) }
    private var power: FilePath { scene.folder.appending("power") }
    private var serial: FilePath { scene.folder.appending("serial.log") }

    /// Gives the body a machine that has booted its own kernel, and takes its power in the end.
    static func with(
        _ firmware: Firmware, tftp: Bool = false, _ body: (LabMachine) async throws -> Void
    ) async throws {
        try await Scene.with { scene in
            let home = try await Bench.image()
            let machine = LabMachine(scene: scene, port: try freePort(), home: home)
            let disk = LabDisk(home: home, deadline: .after(.seconds(600), for: "the disk"))
            try await disk.write(to: scene.folder.appending("disk.img"))
            if tftp {
                try await disk.writeServed(
                    to: scene.folder.appending("tftp"),
                    initrd: scene.folder.appending("initrd.img"))
            }
            try machine.writeTools(firmware, tftp: tftp)
            try await machine.switchPower("on")
            let result: Result<Void, any Error>
            do {
                try await machine.awaitHome()
                result = .success(try await body(machine))
            } catch {
                result = .failure(error)
            }
            try await Task { try await machine.switchPower("off") }.value
            try result.get()
        }
    }

    func switchPower(_ word: String) async throws {
        try await Tool.run(
            power.string, [word], deadline: .after(.seconds(20), for: "the power")
        ).succeeded()
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

    /// Writes a lab with the machine, and how it is made to boot.
    func writeLab(boot: String, timeouts: String = "{boot: 60s, connect: 6s, step: 30s}") throws {
        let lab = SceneBoard.remoteLab(
            port: port,
            [
                "host-key: \(home.hostKey)", "identity: id",
                "power: {'on': [\(power), 'on'], 'off': [\(power), 'off'], status: [\(power), status]}",
                "console: {command: [tail, -n, '0', -f, \(serial)]}",
                "timeouts: \(timeouts)", "boot: \(boot)",
            ])
        try scene.write(lab, to: "lab.yaml")
    }

    private func writeTools(_ firmware: Firmware, tftp: Bool) throws {
        let key = try String(contentsOfFile: home.clientKey.string, encoding: .utf8)
        try scene.write(key, to: "id", mode: 0o600)
        try scene.write("", to: "serial.log")
        let words = Self.words(firmware, port, scene.folder, tftp: tftp)
        try scene.write(Self.script(words), to: "power", mode: 0o755)
    }

    private static func words(
        _ firmware: Firmware, _ port: UInt16, _ folder: FilePath, tftp: Bool
    ) -> [String] {
        let served = tftp ? ",tftp=\(folder)/tftp,bootfile=grubnetaa64.efi" : ""
        return [
            "-machine", "virt,gic-version=3,iommu=smmuv3,virtualization=on,acpi=off",
            "-cpu", "neoverse-n1", "-smp", "2", "-m", "1G", "-nodefaults", "-no-user-config",
            "-display", "none", "-bios", firmware.path,
            "-chardev", "file,id=console,path=\(folder)/serial.log,append=on",
            "-serial", "chardev:console",
            "-drive", "if=none,id=disk,file=\(folder)/disk.img,format=raw",
            "-device", "virtio-blk-pci,drive=disk,addr=3,bootindex=1",
            "-netdev", "user,id=ssh,restrict=on,hostfwd=tcp:127.0.0.1:\(port)-:22" + served,
            "-device",
            "virtio-net-pci,netdev=ssh,addr=1,romfile=" + (tftp ? ",bootindex=0" : ""),
            "-device", "edu,addr=4", "-device", "virtio-rng-pci,addr=5",
        ]
    }

    /// The machine outlives the command that switches it on, and a test that dies by minutes.
    private static func script(_ words: [String]) -> String {
        """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 1
        alive() { [ -s pid ] && kill -0 "$(cat pid)" 2>/dev/null; }
        case $1 in
            on)
                alive && exit 0
                [ ! -e broken ] || exit 1
                setsid timeout -s KILL 900 qemu-system-aarch64 \(words.joined(separator: " ")) \\
                    </dev/null >qemu.log 2>&1 &
                echo $! >pid ;;
            off)
                alive || exit 0
                [ ! -e broken ] || exit 1
                kill -CONT "-$(cat pid)"; kill -KILL "-$(cat pid)"; rm pid ;;
            status) alive ;;
        esac
        """
    }

    /// A port that nobody listens on now.
    private static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        try #require(isBound)
        return UInt16(bigEndian: address.sin_port)
    }
}
