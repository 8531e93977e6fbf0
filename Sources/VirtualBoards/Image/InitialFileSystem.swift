// SPDX-License-Identifier: GPL-3.0-or-later

/// The board's whole file system, as the kernel unpacks it into memory.
struct InitialFileSystem {
    /// Raise it when an image must be made anew although none of its inputs has changed.
    static let version = 1

    let userland: Userland
    let modules: KernelModules
    let hostKey: EdwardsKeyPair
    let authorizedKey: PublicKeyLine

    /// The cpio archive: the same inputs give the same bytes.
    var archive: [UInt8] {
        var archive = CpioArchive()
        for (path, content, permissions) in skeleton {
            archive.add(path, content, permissions: permissions)
        }
        for (path, bytes) in userland.files.sorted(by: { $0.key < $1.key }) {
            archive.add(path, .file(bytes, isExecutable: true))
        }
        for (path, content) in moduleFiles { archive.add(path, content) }
        return archive.finished()
    }

    private typealias Entry = (path: String, content: CpioArchive.Content, permissions: UInt32?)

    private var skeleton: [Entry] {
        let folders = [
            "bin", "sbin", "usr", "usr/bin", "usr/sbin", "lib", "lib/modules", "etc",
            "etc/dropbear", "dev", "proc", "sys", "run", "tmp", "var", "var/log",
        ]
        let secret: UInt32 = 0o600
        return folders.map { ($0, .folder, nil) } + [
            ("var/run", .link(to: "/run"), nil),
            ("dev/console", .characterDevice(major: 5, minor: 1), nil),
            ("root", .folder, 0o700),
            ("root/.ssh", .folder, 0o700),
            ("root/.ssh/authorized_keys", text("\(authorizedKey) doorbell"), secret),
            ("init", .file(Array(InitScript.text.utf8), isExecutable: true), nil),
            ("etc/passwd", text("root:x:0:0:root:/root:/bin/sh"), nil),
            ("etc/group", text("root:x:0:"), nil),
            ("etc/shells", text("/bin/sh"), nil),
            // No password fits a star.
            ("etc/shadow", text("root:*:19000:0:99999:7:::"), secret),
            ("etc/dropbear/host_key", .file(hostKey.dropbearFile), secret),
        ]
    }

    private var moduleFiles: [(String, CpioArchive.Content)] {
        let names = modules.order.steps.map(\.module)
        let list = names.map(KernelModules.path(of:)).joined(separator: "\n")
        guard !names.isEmpty else { return [("etc/modules", .file([]))] }
        let top = "lib/modules/\(modules.release)"
        return [
            ("etc/modules", text(list)),
            (top, .folder), ("\(top)/kernel", .folder),
            (
                "\(top)/modules.dep",
                .file(Array(modules.order.dependencyFile(path: KernelModules.path(of:)).utf8))
            ),
        ] + names.map { ("\(top)/\(KernelModules.path(of: $0))", .file(modules.files[$0] ?? [])) }
    }

    private func text(_ line: String) -> CpioArchive.Content { .file(Array((line + "\n").utf8)) }
}
