// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Reads what a lab file says of a board's way to boot.
enum BootPlanReader {
    static func plan(_ value: Value) -> BootPlan? {
        guard let reader = MappingReader<BootKey>(value) else { return nil }
        let word = reader.required(.method) { $0.choice(BootMethodWord.self) }
        let method = word.flatMap { self.method($0, reader) }
        let knownGood = reader.optional(.knownGood) { $0.text("a release, as uname -r tells it") }
        let place = word == .kexec ? "/tmp" : "/boot"
        let path = word == .netboot ? relative : absolute
        let folder: String = reader.optional(.folder, default: place, absolute)
        let initrd = reader.optional(.initrd, path)
        let deviceTree = reader.optional(.dtb, path)
        let makeInitrd: [String] = reader.optional(.makeInitrd, default: []) {
            $0.list(of: { $0.text("a word of the command") })
        }
        if !makeInitrd.isEmpty {
            reader.refuse([.initrd], because: "'make-initrd' makes one for each kernel")
        }
        let words: [String] = reader.optional(.commandLine, default: []) {
            $0.list(of: { $0.text("a word of the command line") })
        }
        guard let method else { return nil }
        return BootPlan(
            method: method, knownGood: knownGood, folder: folder, initrd: initrd,
            makeInitrd: makeInitrd, deviceTree: deviceTree, commandLine: words)
    }

    private static func method(
        _ word: BootMethodWord, _ reader: MappingReader<BootKey>
    ) -> BootPlan.Method? {
        refuse(word, reader)
        switch word {
        case .kexec: return .kexec
        case .grub:
            return .grub(menu: reader.optional(.menu, default: "/boot/grub", absolute))
        case .extlinux:
            let menu = reader.optional(
                .menu, default: "/boot/extlinux/extlinux.conf", absolute)
            return .extlinux(
                menu: menu, restore: reader.optional(.restore, RemoteMachineReader.command))
        case .netboot:
            let folder = reader.required(.tftp) { $0.text("a folder of the TFTP server") }
            let menu = reader.required(.menu, relative)
            let loader = reader.optional(.loader, default: BootPlan.Loader.grub) {
                $0.choice(BootPlan.Loader.self)
            }
            guard let folder, let menu else { return nil }
            return .netboot(folder: FilePath(folder), menu: menu, loader: loader)
        }
    }

    /// Complains about what belongs to other methods.
    private static func refuse(_ word: BootMethodWord, _ reader: MappingReader<BootKey>) {
        if word == .kexec {
            reader.refuse([.menu], because: "kexec reads no menu")
        }
        if word != .extlinux {
            reader.refuse([.restore], because: "only the menu of extlinux must be put back")
        }
        if word == .netboot {
            reader.refuse(
                [.folder, .makeInitrd], because: "with netboot nothing is put on the board")
        } else {
            reader.refuse([.tftp, .loader], because: "it belongs to the method netboot")
        }
    }

    private static func absolute(_ value: Value) -> String? {
        guard let text = value.text("a path on the board") else { return nil }
        guard text.hasPrefix("/"), !text.contains(where: \.isWhitespace) else {
            return value.complain(
                "'\(shortened(text))' is no path on the board; begin it with / and write no spaces",
                as: String.self)
        }
        return text
    }

    private static func relative(_ value: Value) -> String? {
        guard let text = value.text("a path in the TFTP folder") else { return nil }
        let path = FilePath(text)
        guard path.isRelative, !path.components.contains(".."),
            !text.contains(where: \.isWhitespace)
        else {
            return value.complain(
                "'\(shortened(text))' is no path in the TFTP folder; write it without / in front, "
                    + "spaces and '..'", as: String.self)
        }
        return text
    }
}
