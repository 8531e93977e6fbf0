// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing

@Suite("Reboots and silence")
struct BootAndSilenceTests {
    private static let boot = """
        U-Boot SPL 2023.01+dfsg-2
        U-Boot 2023.01+dfsg-2
        Welcome to GRUB!
        EFI stub: Booting Linux Kernel...
        [    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd0c1]
        [    0.000000] Linux version 6.1.0-56-arm64

        """

    private func titles(_ scanner: inout TroubleScanner, _ text: String) -> [String] {
        scanner.take(text.utf8).map(\.title)
    }

    @Test("a boot is no reboot, the next one is, and one that was asked for is none")
    func boots() {
        var scanner = TroubleScanner()
        #expect(titles(&scanner, Self.boot) == [])
        #expect(titles(&scanner, Self.boot) == ["unexpected reboot, to U-Boot SPL"])
        scanner.expectBoot()
        #expect(titles(&scanner, Self.boot) == [])
        #expect(titles(&scanner, Self.boot) == ["unexpected reboot, to U-Boot SPL"])
    }

    @Test("a kernel that runs already may not boot")
    func running() {
        for line in ["BdsDxe: starting Boot0001", "U-Boot 2023.01", "Linux version 6.1"] {
            var scanner = TroubleScanner(isRunning: true)
            #expect(titles(&scanner, line + "\n").count == 1, "\(line)")
        }
        var kexec = TroubleScanner(isRunning: true)
        kexec.expectBoot()
        #expect(titles(&kexec, "Booting Linux on physical CPU 0x0\nLinux version 6.1\n") == [])
        #expect(titles(&kexec, "Booting Linux on physical CPU 0x0\n") != [])
    }

    @Test("firmware that talks while a loader gives up is no reboot; a loader in a loop is")
    func loops() {
        var scanner = TroubleScanner()
        let text = "UEFI firmware (version 1)\nBdsDxe: loading\nWelcome to GRUB!\nBdsDxe: failed\n"
        #expect(titles(&scanner, text) == [])
        var loop = TroubleScanner()
        #expect(titles(&loop, "U-Boot 2023.01\nU-Boot 2023.01\n").count == 1)
    }

    @Test("silence is told once, when the caller's time is over, and again after a byte")
    func silence() {
        var scanner = TroubleScanner(longestSilence: .seconds(10))
        _ = scanner.take("one\n".utf8, at: .seconds(5))
        #expect(scanner.tick(at: .seconds(14)) == nil)
        #expect(scanner.tick(at: .seconds(15))?.kind == .silence)
        #expect(scanner.tick(at: .seconds(16)) == nil)
        _ = scanner.take("t".utf8, at: .seconds(17))
        #expect(scanner.tick(at: .seconds(27))?.line == 1)
        var patient = TroubleScanner()
        #expect(patient.tick(at: .seconds(1 << 30)) == nil)
    }

    /// The texts of `arm-smmu.c`, 6.12: QEMU has no such SMMU to record them from.
    @Test(
        "an SMMU that fails itself is told from an access that it refused",
        arguments: [
            (
                "arm-smmu e0600000.smmu: Unhandled context fault: fsr=0x402, iova=0xfffff000, cb=0",
                TroubleKind.smmuEvent
            ),
            ("arm-smmu-v3 a.smmu: event: F_TRANSLATION client: 0000:00:03.0 sid: 0x18", .smmuEvent),
            ("arm-smmu e0600000.smmu: TLB sync timed out -- SMMU may be deadlocked", .smmuError),
            ("arm-smmu-v3 a.smmu: CMD_SYNC timeout at 0x0 [hwprod 0x0, hwcons 0x0]", .smmuError),
        ])
    func smmu(_ message: String, _ kind: TroubleKind) {
        #expect(TroubleKind(message) == kind)
        #expect(TroubleKind("arm-smmu-v3 a.smmu: allocated 65536 entries for cmdq") == nil)
    }
}
