// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    /// The controller knows no QEMU here: only an address, a power switch and a serial line, which
    /// are a BMC and a serial server in all stories but one.
    @Suite("A board of the lab boots the kernel of a run, and comes home")
    struct LabBootTests {
        static let initrd = "initrd: /boot/initrd.img"

        @Test("by GRUB's one-shot entry, with everything that may go wrong")
        func grub() async throws {
            try await LabMachine.with(.uefi, .services(telnet: true)) { machine in
                try machine.writeLab(boot: "{method: grub, \(Self.initrd)}")
                let story = try LabStory(machine)
                try await story.agrees(by: "grub")
                try await story.hasNoRoom()
                try await story.bootsAnother()
                try await story.isLostAndRecovered()
            }
        }

        @Test(
            "by kexec: warm, which a suite may refuse; kernels that die, hang, reboot and are mute")
        func kexec() async throws {
            try await LabMachine.with(.uefi, .services(telnet: false)) { machine in
                try machine.writeLab(boot: "{method: kexec, \(Self.initrd)}")
                let story = try LabStory(machine)
                try await story.agrees(by: "kexec")
                try await story.isRefusedWarm()
                try await story.diesInBoot()
                try await story.hasNoNetwork()
                try await story.panicsInCase()
                try await story.rebootsInCase()
                try await story.hangsInCase()
            }
        }

        @Test("from the network, while the disk is what it falls back to")
        func netboot() async throws {
            try await LabMachine.with(.uefi, .commands, tftp: true) { machine in
                try machine.writeLab(
                    boot: "{method: netboot, tftp: tftp, menu: grub/lab.cfg, initrd: initrd.img}")
                let story = try LabStory(machine)
                try await story.agrees(by: "netboot")
                let folder = machine.scene.folder.appending("tftp").string
                let left = try FileManager.default.subpathsOfDirectory(atPath: folder)
                #expect(!left.contains { $0.contains("doorbell") || $0.contains("lab.cfg") })
            }
        }

        @Test("from the network by U-Boot, which looks for the menu that PXELINUX would")
        func pxelinux() async throws {
            try await LabMachine.with(.uBoot, .commands, tftp: true) { machine in
                let card = LabMachine.address.replacing(":", with: "-")
                let menu = "pxelinux.cfg/01-\(card)"
                try machine.scene.makeFolder("tftp/pxelinux.cfg")
                try machine.writeLab(
                    boot: "{method: netboot, tftp: tftp, menu: \(menu), loader: pxelinux, "
                        + "initrd: initrd.img}")
                try await LabStory(machine).agrees(by: "netboot")
                let folder = machine.scene.folder.appending("tftp").string
                let left = try FileManager.default.subpathsOfDirectory(atPath: folder)
                #expect(!left.contains { $0.contains("doorbell") || $0.contains(card) })
            }
        }

        @Test("by a label of extlinux.conf, which a command puts back when the kernel hangs")
        func extlinux() async throws {
            try await LabMachine.with(.uBoot, .services(telnet: false)) { machine in
                let disk = machine.scene.folder.appending("disk.img").string + "@@1M"
                let menu = "::/extlinux/extlinux.conf"
                try machine.scene.write(
                    """
                    #!/bin/sh
                    export MTOOLS_SKIP_CHECK=1
                    mcopy -o -i '\(disk)' \(menu).doorbell "$0.conf" && mcopy -o -i '\(disk)' "$0.conf" \(menu)
                    """, to: "restore", mode: 0o755)
                let restore = machine.scene.folder.appending("restore").string
                let story = try LabStory(machine)
                try machine.writeLab(
                    boot: "{method: extlinux, \(Self.initrd)}",
                    timeouts: "{boot: 25s, connect: 6s, step: 30s}")
                try await story.diesAgain {
                    let limit = Deadline.after(.seconds(20), for: "the menu")
                    try await Tool.run(restore, [], deadline: limit).succeeded()
                }
                try machine.writeLab(
                    boot: "{method: extlinux, \(Self.initrd), restore: [\(restore)]}")
                try await story.agrees(by: "extlinux")
                try await story.diesInBoot()
            }
        }
    }
}

// MARK: What goes well

extension LabStory {
    func agrees(by method: String) async throws {
        var before = try await machine.running()
        var output = try await run("small")
        if output.text.contains("softLockup") {
            // The emulated machine stood still, once in three times over the network, and nobody
            // knows why: that is no story of how a board boots.
            before = try await machine.running()
            output = try await run("small")
        }
        #expect(output.status == .exited(0), "\(output.seen)")
        #expect(output.text.contains("-doorbell-"), "\(output.text)")
        let verdict = scene.text("boards/there/cases/smoke/one-vector/verdict.json") ?? ""
        #expect(verdict.contains(#""method" : "\#(method)""#), "\(verdict)")
        #expect(verdict.contains(#""isWarm" : \#(method == "kexec")"#), "\(verdict)")
        try await expectHome(leaving: before.boot)
    }

    func isRefusedWarm() async throws {
        let before = try await machine.running().boot
        let text = SceneSuite.long.replacing("cases:", with: "boot: cold\ncases:")
        try scene.write(text, to: "cold.yaml")
        let output = try await run("small", [scene.folder.appending("cold.yaml").string])
        expectFault("suite", "it demands a cold boot, and the kernel is booted warm", in: output)
        try await expectHome()
        #expect(try await machine.running().boot == before, "there was no reason to boot it")
    }
}

// MARK: What goes wrong with the bench

extension LabStory {
    func hasNoRoom() async throws {
        let before = try await machine.running()
        _ = try await machine.shell.run("dd if=/dev/zero of=/boot/full bs=1M; sync")
        let output = try await run("small")
        expectFault("bench", "could not be given a kernel: /boot has ", in: output)
        try await expectHome()
        #expect(try await machine.running().boot == before.boot, "there was no reason to reboot")
        _ = try await machine.shell.run("rm /boot/full; sync").succeeded()
    }

    /// A loader that goes its own way: no verdict is given about the kernel that it took.
    func bootsAnother() async throws {
        let script = """
            cd /boot/grub && cp grub.cfg grub.sane &&
            sed 's/set default="${next_entry}"/set default="0"/' grub.sane >grub.cfg && sync
            """
        _ = try await machine.shell.run(script).succeeded()
        let output = try await run("small")
        expectFault("bench", "could not prove which kernel it runs", in: output)
        try await expectHome()
        _ = try await machine.shell.run("cd /boot/grub && mv grub.sane grub.cfg; sync").succeeded()
    }

    /// The power switch breaks while the kernel is dead: the board is out until it is repaired.
    func isLostAndRecovered() async throws {
        let lost = try await run("dies") {
            try await scene.awaitConsole("-doorbell-")
            machine.wiring.break()
        }
        expectFault("kernel", "Kernel panic - not syncing: VFS", in: lost)
        #expect(lost.seen.contains("could not be brought back"), "\(lost.seen)")
        #expect(marks.count == 1)

        let refused = try await run("small")
        expectFault("bench", "it is out since ", in: refused)
        #expect(refused.text.contains("doorbell board recover --board there"))
        let failed = try await recover()
        #expect(failed.status == .exited(3), "\(failed.seen)")
        #expect(marks.count == 1)

        machine.wiring.repair()
        let back = try await recover()
        #expect(back.status == .exited(0), "\(back.seen)")
        try await expectHome()
        try await agrees(by: "grub")
    }
}

// MARK: What goes wrong with the kernel

extension LabStory {
    func diesInBoot() async throws {
        let output = try await run("dies")
        expectFault("kernel", "Kernel panic - not syncing: VFS", in: output)
        try await expectHome()
    }

    /// It answers nobody for the whole of its time.
    func hasNoNetwork() async throws {
        try machine.writeLab(
            boot: "{method: kexec, initrd: /boot/initrd.img}",
            timeouts: "{boot: 40s, connect: 6s, step: 30s}")
        let output = try await run("mute")
        expectFault("kernel", "answer over SSH with kernel mute", in: output)
        try machine.writeLab(boot: "{method: kexec, initrd: /boot/initrd.img}")
        try await expectHome()
    }

    func panicsInCase() async throws {
        let output = try await runLong("small") {
            try await machine.shell.doom(
                "cd /proc/sys/vm; echo 2 >panic_on_oom; echo 400 >nr_hugepages; tail /dev/zero")
        }
        expectFault("kernel", "Kernel panic - not syncing: Out of memory", in: output)
        try await expectHome()
    }

    func rebootsInCase() async throws {
        let output = try await runLong("small") {
            try await machine.shell.doom("reboot -f")
        }
        expectFault("kernel", "unexpected reboot", in: output)
        try await expectHome()
    }

    /// Nothing runs any more, nothing is said: what a stopped QEMU is to the world outside.
    func hangsInCase() async throws {
        try machine.writeLab(
            boot: "{method: kexec, initrd: /boot/initrd.img}",
            timeouts: "{boot: 60s, connect: 6s, step: 15s}")
        let output = try await runLong("small") {
            for process in machine.processes { kill(pid_t(process), SIGSTOP) }
        }
        expectFault("kernel", "it hangs: the board does not answer over SSH", in: output)
        try await expectHome()
    }
}
