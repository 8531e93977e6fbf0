// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Testing

extension VirtualBoardTier.LabBootTests {
    @Test("without a power switch: it comes back by itself, or not; UEFI keeps its last words")
    func leftAlone() async throws {
        try await LabMachine.with(.uefi, .services(telnet: false)) { machine in
            let story = try LabStory(machine)
            try machine.writeLab(boot: "{method: grub, \(Self.initrd)}")
            try await story.leavesATestament()
            try machine.writeLab(boot: "{method: grub, \(Self.initrd)}", with: [])
            try await story.comesBackByItself()
            try machine.writeLab(
                boot: "{method: grub, \(Self.initrd)}",
                timeouts: "{boot: 40s, connect: 3s, step: 30s}", with: [.console])
            try await story.staysAway()
        }
    }
}

extension LabStory {
    /// U-Boot takes the label of a kernel that hangs again and again, until somebody puts it right.
    func diesAgain(restoring: () async throws -> Void) async throws {
        let lost = try await run("dies")
        expectFault("kernel", "Kernel panic - not syncing: VFS", in: lost)
        let advice = "put /boot/extlinux/extlinux.conf.doorbell in the place of "
        #expect(lost.seen.contains("could not be brought back"), "\(lost.seen)")
        #expect(lost.seen.contains(advice), "\(lost.seen)")
        #expect(marks.count == 1)
        try await machine.wiring.switchPower("off")
        try await restoring()
        try await machine.wiring.switchPower("on")
        let back = try await recover()
        #expect(back.status == .exited(0), "\(back.seen)")
        try await expectHome()
    }

    /// The record is in the archive, and then in the firmware no more.
    func leavesATestament() async throws {
        let output = try await panics()
        expectFault("kernel", "Kernel panic - not syncing: sysrq triggered crash", in: output)
        try await expectTestament(in: output)
        try await expectHome()
    }

    /// Nobody hears this kernel die, and nobody resets the board: only the firmware knows.
    func comesBackByItself() async throws {
        let output = try await panics()
        expectFault("kernel", "the board has rebooted by itself without a word", in: output)
        let death = "stay alive: Kernel panic - not syncing: sysrq triggered crash"
        #expect(output.errors.contains(death), "\(output.seen)")
        #expect(output.errors.contains("pstore.dmesg-efi-"), "\(output.seen)")
        try await expectTestament(in: output)
        try await expectHome()
    }

    /// A kernel that neither runs nor reboots is left by a hand on the board's own switch only.
    func staysAway() async throws {
        let lost = try await panics("stuck")
        expectFault("kernel", "Kernel panic - not syncing: sysrq triggered crash", in: lost)
        #expect(lost.seen.contains("names no power switch for it"), "\(lost.seen)")
        #expect(marks.count == 1)
        let refused = try await run("small")
        expectFault("bench", "it is out since ", in: refused)
        try await machine.wiring.switchPower("off")
        try await machine.wiring.switchPower("on")
        let back = try await recover()
        #expect(back.status == .exited(0), "\(back.seen)")
        #expect(back.text.contains("has left there: /sys/fs/pstore/dmesg-efi-"), "\(back.seen)")
        try await expectHome()
    }

    private func panics(_ kernel: String = "debian") async throws -> ToolOutput {
        try await runLong(kernel) {
            try await machine.shell.doom("echo c >/proc/sysrq-trigger")
        }
    }

    private func expectTestament(
        in output: ToolOutput, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let told = "there  panic: kernel panic: sysrq triggered crash  pstore.dmesg-efi-"
        #expect(output.text.contains(told), "\(output.seen)", sourceLocation: sourceLocation)
        let files = try scene.files(of: "there").filter { $0.hasPrefix("pstore.dmesg-efi-") }
        #expect(!files.isEmpty, sourceLocation: sourceLocation)
        for file in files {
            #expect(scene.journal.contains(file), sourceLocation: sourceLocation)
            let text = scene.text("boards/there/\(file)") ?? ""
            #expect(text.hasPrefix("Panic#"), "\(text)", sourceLocation: sourceLocation)
        }
        let left = try await machine.shell.run("ls -A /sys/fs/pstore").succeeded().text
        #expect(left == "", sourceLocation: sourceLocation)
    }
}
