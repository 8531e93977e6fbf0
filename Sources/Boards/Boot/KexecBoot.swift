// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Boots a kernel out of the one that runs, without a reset: `kexec-tools` must be on the board.
///
/// Nothing is written that the next boot would see, so that any reset leads back. Interrupt
/// controller and SMMU keep what the kernel before left in them, which the verdict's kernel says.
package struct KexecBoot: BootMethod {
    private let ground: BootGround

    package init(_ ground: BootGround) { self.ground = ground }

    package var manner: BootManner { BootManner(method: "kexec", isWarm: true) }

    /// Brings the kernel to the board and loads it into memory.
    package func prepare(_ kernel: BootableKernel, with hand: BoardHand) async throws {
        let installation = try await KernelInstallation.make(of: kernel, on: ground, with: hand)
        var words = ["kexec", "-l", installation.image]
        words.append("--command-line=\(installation.commandLine)")
        if let initrd = installation.initrd { words.append("--initrd=\(initrd)") }
        if let tree = installation.deviceTree { words.append("--dtb=\(tree)") }
        try await hand.run(program: words)
    }

    /// Lets the running kernel jump into the loaded one.
    package func start(with hand: BoardHand) async throws {
        try await hand.begin(
            """
            if [ -d /run/systemd/system ]; then systemctl kexec
            else kexec -e; fi
            """)
    }

    /// Unloads what was never started, and removes the files.
    package func tidy(with hand: BoardHand) async throws {
        // Where nothing was loaded there is nothing to unload, which is what we want.
        try await hand.run("kexec -u 2>/dev/null || true")
        try await KernelInstallation.remove(from: ground, with: hand)
    }
}
