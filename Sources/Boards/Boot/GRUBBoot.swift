// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Boots a kernel once by GRUB's `next_entry`; the entry that GRUB takes by default is not touched.
///
/// GRUB forgets `next_entry` before it boots it, so that a kernel that never comes up is left by any
/// reset. Source: `util/grub.d/00_header.in` and `41_custom.in` of GRUB 2.06.
package struct GRUBBoot: BootMethod {
    private let ground: BootGround
    /// GRUB's folder, with `grub.cfg` and `grubenv`.
    private let menu: String

    package init(_ ground: BootGround, menu: String) {
        self.ground = ground
        self.menu = menu
    }

    package var manner: BootManner { BootManner(method: "grub", isWarm: false) }

    /// Brings the kernel to the board, writes its entry, and names that in `next_entry`.
    package func prepare(_ kernel: BootableKernel, with hand: BoardHand) async throws {
        try await checkMenu(hand)
        let installation = try await KernelInstallation.make(of: kernel, on: ground, with: hand)
        let space = try await BoardSpace.of(ground.folder, hand)
        let entry = GRUBEntry(installation, seenBy: space)
        try await hand.run(Self.adding, menu, entry.text)
        let said = try await hand.run(Self.arming, menu, GRUBEntry.id)
        guard said.contains("next_entry=\(GRUBEntry.id)") else {
            throw fault("does not keep next_entry", in: "grubenv", hand)
        }
    }

    /// Takes entry and `next_entry` back, and removes the files.
    package func tidy(with hand: BoardHand) async throws {
        try await hand.run(Self.forgetting, menu)
        try await KernelInstallation.remove(from: ground, with: hand)
    }

    private func checkMenu(_ hand: BoardHand) async throws {
        let said = try await hand.run(Self.looking, menu)
        if said.contains("no menu") { throw fault("cannot be read", in: "grub.cfg", hand) }
        if said.contains("no next_entry") {
            throw fault("does not look at next_entry, as grub-mkconfig writes it", hand)
        }
        if said.contains("no custom") {
            throw fault("does not read custom.cfg, as grub-mkconfig's 41_custom does", hand)
        }
    }

    private func fault(
        _ reason: String, in file: String = "grub.cfg", _ hand: BoardHand
    ) -> BootFault {
        BootFault(board: hand.board, cause: .menu(path: "\(menu)/\(file)", reason: reason))
    }

    private static let looking = """
        [ -r "$1/grub.cfg" ] || { echo no menu; exit 0; }
        grep -q next_entry "$1/grub.cfg" || echo no next_entry
        grep -q custom.cfg "$1/grub.cfg" || echo no custom
        """

    /// Debian calls it grub-editenv, Fedora grub2-editenv.
    private static let tool = """
        edit=$(command -v grub-editenv || command -v grub2-editenv) ||
            { echo 'there is no grub-editenv' >&2; exit 1; }

        """

    /// Takes our block out of custom.cfg; what else is in it stays.
    private static let cutting = """
        custom=$1/custom.cfg
        [ -e "$custom" ] || : >"$custom"
        sed '/^# doorbell: begin/,/^# doorbell: end/d' "$custom" >"$custom.doorbell" || exit 1

        """

    private static let adding =
        cutting + """
            printf '%s\n' "$2" >>"$custom.doorbell" && mv -f "$custom.doorbell" "$custom" && sync
            """

    private static let arming =
        tool + """
            [ -e "$1/grubenv" ] || "$edit" "$1/grubenv" create || exit 1
            "$edit" "$1/grubenv" set "next_entry=$2" && sync && "$edit" "$1/grubenv" list
            """

    private static let forgetting =
        tool + cutting + """
            if [ -s "$custom.doorbell" ]; then mv -f "$custom.doorbell" "$custom"
            else rm -f "$custom.doorbell" "$custom"; fi
            [ ! -e "$1/grubenv" ] || "$edit" "$1/grubenv" unset next_entry
            sync
            """
}

/// An entry of GRUB's menu.
struct GRUBEntry: Sendable, Hashable {
    /// What `next_entry` names it by.
    static let id = "doorbell"
    let text: String

    init(_ installation: KernelInstallation, seenBy space: BoardSpace) {
        let seen = KernelInstallation(
            image: space.loaderPath(installation.image),
            initrd: installation.initrd.map(space.loaderPath),
            deviceTree: installation.deviceTree.map(space.loaderPath), words: installation.words)
        let root = "search --no-floppy --set=root --file \(seen.image)"
        let body = ([root] + Self.commands(of: seen)).map { "    \($0)\n" }.joined()
        text = """
            # doorbell: begin
            menuentry 'doorbell' --id \(Self.id) {
            \(body)}
            # doorbell: end
            """
    }

    /// What loads a kernel whose paths are as GRUB sees them.
    static func commands(of seen: KernelInstallation) -> [String] {
        var lines = ["linux \(seen.image) \(seen.commandLine)"]
        if let initrd = seen.initrd { lines.append("initrd \(initrd)") }
        if let tree = seen.deviceTree { lines.append("devicetree \(tree)") }
        return lines
    }
}
