// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SecureShell
package import Vocabulary

/// Boots a kernel by a label in `extlinux.conf`, which U-Boot reads.
///
/// U-Boot has no one-shot entry: the label is the default until somebody puts the file back. That is
/// done as soon as the kernel answers, and with `restore`, a command of the controller, for a kernel
/// that never does. Without such a command, a kernel that hangs in boot hangs again after each reset.
/// Source: `doc/usage/cmd/sysboot.rst` and `boot/pxe_utils.c` of U-Boot 2023.01.
package struct ExtlinuxBoot: BootMethod {
    private let ground: BootGround
    /// The file, as the board sees it.
    private let menu: String
    /// Puts the file back while the board does not answer, with its power off.
    private let restore: ControllerCommand?

    package init(_ ground: BootGround, menu: String, restore: ControllerCommand?) {
        self.ground = ground
        self.menu = menu
        self.restore = restore
    }

    package var manner: BootManner { BootManner(method: "extlinux", isWarm: false) }

    /// A file can be put back from outside only while nobody writes to its disk.
    package var disarmsWithoutPower: Bool { restore != nil }

    package var byHand: String {
        "put \(menu).doorbell in the place of \(menu), and name a command that does so as "
            + "`restore` of its `boot`"
    }

    /// Brings the kernel to the board and makes its label the default, beside a copy of the file.
    package func prepare(_ kernel: BootableKernel, with hand: BoardHand) async throws {
        guard try await !hand.run(Self.looking, menu).isEmpty else {
            throw BootFault(
                board: hand.board, cause: .menu(path: menu, reason: "cannot be read"))
        }
        let installation = try await KernelInstallation.make(of: kernel, on: ground, with: hand)
        let space = try await BoardSpace.of(ground.folder, hand)
        let label = ExtlinuxLabel(installation, seenBy: space)
        try await hand.run(Self.arming, menu, label.text)
    }

    /// Puts the file back: on the board where that sees it, else by the command of the lab.
    package func disarm(with hand: BoardHand?) async throws -> Bool {
        if let hand { return try await hand.run(Self.restoring, menu).contains("restored") }
        guard let restore else { return false }
        let deadline = Deadline.after(.seconds(60), for: "the command that restores \(menu)")
        try await Tool.run(restore.program, restore.arguments, deadline: deadline).succeeded()
        return true
    }

    /// Puts the file back and removes the kernel.
    package func tidy(with hand: BoardHand) async throws {
        try await hand.run(Self.restoring, menu)
        try await KernelInstallation.remove(from: ground, with: hand)
    }

    private static let looking = #"[ ! -r "$1" ] || echo there"#

    /// The copy is made once: a file with our label in it must never become the copy.
    private static let arming = """
        saved=$1.doorbell
        [ -e "$saved" ] || { cp "$1" "$saved.new" && mv -f "$saved.new" "$saved"; } || exit 1
        {
            echo 'default doorbell'
            sed '/^[ \t]*[Dd][Ee][Ff][Aa][Uu][Ll][Tt][ \t]/d;/^[ \t]*[Oo][Nn][Tt][Ii][Mm]/d' "$saved"
            printf '%s\n' "$2"
        } >"$1.new" && mv -f "$1.new" "$1" && sync
        """

    private static let restoring = """
        [ ! -e "$1.doorbell" ] || mv -f "$1.doorbell" "$1" || exit 1
        sync
        [ ! -r "$1" ] || grep -q '^default doorbell$' "$1" || echo restored
        """
}

/// A label of `extlinux.conf`.
struct ExtlinuxLabel: Sendable, Hashable {
    let text: String

    init(_ installation: KernelInstallation, seenBy space: BoardSpace) {
        var lines = ["label doorbell", "kernel \(space.loaderPath(installation.image))"]
        if let initrd = installation.initrd {
            lines.append("initrd \(space.loaderPath(initrd))")
        }
        if let tree = installation.deviceTree {
            lines.append("fdt \(space.loaderPath(tree))")
        }
        lines.append("append \(installation.commandLine)")
        text = lines.joined(separator: "\n    ")
    }
}
