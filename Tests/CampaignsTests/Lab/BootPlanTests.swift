// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Testing
import Vocabulary

@Suite("A lab file says how a board boots other kernels")
struct BootPlanTests {
    private func text(_ boot: String) -> String {
        "name: l\nsummary: x\nboards: [{name: b, kind: ssh, host: h, agent: true, boot: \(boot)}]\n"
    }

    private func plan(_ boot: String) throws -> BootPlan? {
        let lab = try Lab(SourceText(file: "l.yaml", text: text(boot)))
        guard case .ssh(let machine) = lab.boards[0].reach else { return nil }
        return machine.boot
    }

    @Test("Each method has its own defaults")
    func defaults() throws {
        let kexec = try #require(try plan("{method: kexec}"))
        #expect(kexec.method == .kexec && kexec.folder == "/tmp" && kexec.initrd == nil)
        let grub = try #require(try plan("{method: grub, initrd: /boot/i}"))
        #expect(grub.method == .grub(menu: "/boot/grub") && grub.folder == "/boot")
        #expect(grub.initrd == "/boot/i" && grub.knownGood == nil)
        let extlinux = try #require(try plan("{method: extlinux}"))
        #expect(
            extlinux.method == .extlinux(menu: "/boot/extlinux/extlinux.conf", restore: nil))
        let network = try #require(try plan("{method: netboot, tftp: t, menu: grub/b.cfg}"))
        #expect(
            network.method
                == .netboot(folder: FilePath("t"), menu: "grub/b.cfg", loader: .grub))
    }

    @Test(
        "What belongs to another method, or is no path, is told",
        arguments: [
            ("{}", "the key 'method' is missing"),
            ("{method: grubb}", "grub"),
            ("{method: kexec, menu: /boot}", "kexec reads no menu"),
            ("{method: grub, restore: [x]}", "only the menu of extlinux"),
            ("{method: grub, tftp: /srv}", "it belongs to the method netboot"),
            ("{method: netboot, menu: a.cfg}", "the key 'tftp' is missing"),
            ("{method: netboot, tftp: /srv, menu: ../a}", "no path in the TFTP folder"),
            (
                "{method: netboot, tftp: /srv, menu: a, folder: /boot}",
                "nothing is put on the board"
            ),
            ("{method: grub, initrd: initrd.img}", "no path on the board"),
            ("{method: grub, initrd: /i, make-initrd: [x]}", "'make-initrd' makes one"),
        ])
    func told(_ boot: String, _ sentence: String) {
        let found = complaints(inLab: text(boot))
        #expect(found.count == 1 && found.first?.contains(sentence) == true, "\(found)")
    }
}
