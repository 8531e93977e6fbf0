// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Testing

/// A console of a virtual board that was brought into trouble, and what stands in it.
///
/// Recorded on QEMU with Debian's kernels 6.1.192 and 6.12.117 and a module that does what its
/// parameter says. The middle of most boots is cut out.
struct ConsoleLog: Sendable, CustomTestStringConvertible {
    let name: String
    /// What a person finds who reads the file, `kind: title`, without repetitions.
    let troubles: [String]

    var testDescription: String { name }

    var bytes: [UInt8] {
        get throws {
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appending(components: "Fixtures", "Consoles")
            return Array(try Data(contentsOf: folder.appending(component: "\(name).txt")))
        }
    }

    /// Init of these boards ends when its script does; that is how most of them end.
    private static let end = "panic: kernel panic: Attempted to kill init! exitcode=ADDR"

    static let all: [ConsoleLog] =
        [
            ConsoleLog(
                name: "6.1-acpi-gic3-bug",
                troubles: [
                    "bug: kernel BUG in doorbell_bug", "warning: WARNING in ct_kernel_exit", end,
                ]),
            ConsoleLog(
                name: "6.1-acpi-gic3-sysrq-b", troubles: ["reboot: unexpected reboot, to UEFI"]),
            ConsoleLog(
                name: "6.1-dt-gic2-null",
                troubles: [
                    "oops: Unable to handle kernel NULL pointer dereference in doorbell_null",
                    end,
                ]),
            ConsoleLog(
                name: "6.1-dt-gic3-both",
                troubles: [
                    "warning: WARNING in doorbell_warn", "warning: WARNING in doorbell_warn_on",
                    "oops: Unable to handle kernel NULL pointer dereference in doorbell_null", end,
                ]),
            ConsoleLog(
                name: "6.1-dt-gic3-bug",
                troubles: [
                    "bug: kernel BUG in doorbell_bug", "warning: WARNING in ct_kernel_exit", end,
                ]),
            ConsoleLog(
                name: "6.1-dt-gic3-dma", troubles: ["smmuEvent: SMMU event F_TRANSLATION"]),
            ConsoleLog(
                name: "6.1-dt-gic3-hung", troubles: ["hungTask: task hung in hang", end]),
            ConsoleLog(
                name: "6.1-dt-gic3-list",
                troubles: [
                    "bug: kernel BUG in doorbell_list", "warning: WARNING in ct_kernel_exit", end,
                ]
            ),
            ConsoleLog(
                name: "6.1-dt-gic3-null",
                troubles: [
                    "oops: Unable to handle kernel NULL pointer dereference in doorbell_null", end,
                ]),
            ConsoleLog(
                name: "6.1-dt-gic3-panic", troubles: ["panic: kernel panic: doorbell: asked to"]),
            ConsoleLog(
                name: "6.1-dt-gic3-stack",
                troubles: [
                    "oops: kernel stack overflow in doorbell_stack",
                    "panic: kernel panic: kernel stack overflow",
                ]),
            ConsoleLog(
                name: "6.1-dt-gic3-sysrq-c",
                troubles: ["panic: kernel panic: sysrq triggered crash"]),
            ConsoleLog(
                name: "6.1-dt-gic3-undef",
                troubles: ["oops: Internal error: Oops - Undefined instruction in doorbell_undef"]),
            ConsoleLog(
                name: "6.1-dt-gic3-usercopy",
                troubles: ["warning: WARNING in doorbell_usercopy", end]),
            ConsoleLog(
                name: "6.1-dt-gic3-warn_on",
                troubles: ["warning: WARNING in doorbell_warn_on", end]),
            ConsoleLog(
                name: "6.12-dt-gic3-dma", troubles: ["smmuEvent: SMMU event F_TRANSLATION"]),
            ConsoleLog(
                name: "6.12-dt-gic3-null",
                troubles: [
                    "oops: Unable to handle kernel NULL pointer dereference in doorbell_null", end,
                ]),
            ConsoleLog(
                name: "6.12-dt-gic3-warn", troubles: ["warning: WARNING in doorbell_warn"]),
        ] + stuck

    /// Boards of which a CPU did nothing but one thing, or whose ITS was switched off.
    private static let stuck: [ConsoleLog] = [
        ConsoleLog(
            name: "6.1-dt-gic3-its",
            troubles: [
                "interruptController: ITS queue timeout",
                "interruptController: ITS: its_build_inv_cmd failed",
                "interruptController: ITS: its_build_discard_cmd failed",
                "rcuStall: RCU stall", "softLockup: soft lockup in free_irq",
                "interruptController: ITS: its_build_mapd_cmd failed",
            ]),
        ConsoleLog(
            name: "6.12-dt-gic3-its",
            troubles: [
                "interruptController: ITS queue timeout",
                "interruptController: ITS: its_build_inv_cmd failed",
                "interruptController: ITS: its_build_discard_cmd failed",
                "rcuStall: RCU stall in free_irq", "softLockup: soft lockup in free_irq",
                "hardLockup: hard LOCKUP in free_irq", "hungTask: task hung in device_shutdown",
                end,
            ]),
        ConsoleLog(
            name: "6.1-dt-gic3-soft",
            troubles: [
                "hungTask: task hung in do_free_init", "rcuStall: RCU stall in doorbell_spin",
                "softLockup: soft lockup in doorbell_spin", end,
            ]),
        ConsoleLog(
            name: "6.12-acpi-gic2-soft",
            troubles: [
                "rcuStall: RCU stall in doorbell_spin", "hungTask: task hung in do_free_init",
                "softLockup: soft lockup in doorbell_spin", end,
            ]),
    ]
}
