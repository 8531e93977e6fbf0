// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

/// The disk of a board that boots by itself: one FAT partition, which firmware, GRUB, U-Boot and the
/// board itself know as `/boot`, with Debian's kernel and tools.
struct LabDisk {
    /// The kernel that the board boots when nobody interferes, and what goes with it.
    let home: BoardImage
    /// Whether U-Boot asks the network before it boots that kernel.
    var asksNetwork = false
    let deadline: Deadline

    /// What Debian's kernel needs to mount the partition, in the order of loading; and what leaves
    /// the last words of a dead kernel in the variables of UEFI.
    private static let modules = [
        "drivers/block/virtio_blk", "fs/nls/nls_cp437", "fs/nls/nls_ascii", "fs/fat/fat",
        "fs/fat/vfat", "drivers/firmware/efi/efi-pstore",
    ]
    private static let tools = ["kexec": "sbin/kexec", "grub-editenv": "usr/bin/grub-editenv"]
    private static let sectors: UInt32 = 160 * 2048
    private static let firstSector: UInt32 = 2048

    /// Makes the disk.
    func write(to disk: FilePath) async throws {
        let tree = try await tools()
        let folder = disk.removingLastComponent()
        let initrd = folder.appending("initrd.img")
        try await makeInitrd(from: tree, at: initrd)
        try Data(Self.partitionTable).write(to: URL(filePath: disk.string))
        guard truncate(disk.string, Int(Self.sectors) * 512) == 0 else {
            throw Errno(rawValue: errno)
        }
        try await mtool("mformat", disk, ["-F", "-v", "BOOT", "::"])
        try await mtool(
            "mmd", disk, ["::/EFI", "::/EFI/BOOT", "::/EFI/debian", "::/grub", "::/extlinux"])
        let loader = tree.appending("usr/lib/grub/arm64-efi/monolithic/grubaa64.efi")
        try await copy(loader, to: "EFI/BOOT/BOOTAA64.EFI", on: disk)
        try await copy(home.kernel.image, to: "vmlinuz", on: disk)
        try await copy(initrd, to: "initrd.img", on: disk)
        for (path, text) in Self.menus where !asksNetwork || !path.hasPrefix("extlinux") {
            let file = folder.appending("menu")
            try text.write(toFile: file.string, atomically: true, encoding: .utf8)
            try await copy(file, to: path, on: disk)
        }
        if asksNetwork { try await writeScript(to: disk) }
    }

    /// What U-Boot runs where it finds no extlinux.conf.
    private func writeScript(to disk: FilePath) async throws {
        let text = FilePath(disk.string + ".cmd")
        let script = FilePath(disk.string + ".scr")
        try Self.script.write(toFile: text.string, atomically: true, encoding: .utf8)
        try await Tool.run(
            "mkimage", ["-A", "arm64", "-T", "script", "-d", text.string, script.string],
            deadline: deadline
        ).succeeded()
        try await copy(script, to: "boot.scr", on: disk)
    }

    /// What the lab's own TFTP server serves: a GRUB that looks for a menu, and goes on to the disk.
    func writeServed(to folder: FilePath, initrd: FilePath) async throws {
        let tree = try await tools()
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder.appending("grub").string, withIntermediateDirectories: true)
        let loader = tree.appending("usr/lib/grub/arm64-efi/monolithic/grubnetaa64.efi")
        try files.copyItem(
            atPath: loader.string, toPath: folder.appending("grubnetaa64.efi").string)
        try files.copyItem(atPath: initrd.string, toPath: folder.appending("initrd.img").string)
        let menu = """
            source /grub/lab.cfg
            search --no-floppy --file --set=root /EFI/BOOT/BOOTAA64.EFI
            chainloader ($root)/EFI/BOOT/BOOTAA64.EFI
            boot

            """
        try menu.write(
            toFile: folder.appending("grub").appending("grub.cfg").string, atomically: true,
            encoding: .utf8)
    }

    private func tools() async throws -> FilePath {
        let packages = ["kexec-tools", "grub-common", "grub-efi-arm64-bin"]
        return try await PackageCupboard(announce: { _ in }, deadline: deadline)
            .together(packages, as: "boot-tools")
    }

    /// A master boot record with one partition that UEFI takes for its own and U-Boot boots from.
    private static var partitionTable: [UInt8] {
        var sector = [UInt8](repeating: 0, count: 512)
        var entry: [UInt8] = [0x80, 0xfe, 0xff, 0xff, 0xef, 0xfe, 0xff, 0xff]
        for number in [firstSector, sectors - firstSector] {
            entry += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
        }
        sector.replaceSubrange(446..<462, with: entry)
        sector.replaceSubrange(510..<512, with: [0x55, 0xaa])
        return sector
    }

    private func copy(_ file: FilePath, to path: String, on disk: FilePath) async throws {
        try await mtool("mcopy", disk, ["-o", file.string, "::/\(path)"])
    }

    private func mtool(_ name: String, _ disk: FilePath, _ words: [String]) async throws {
        let environment = ProcessInfo.processInfo.environment
            .merging(["MTOOLS_SKIP_CHECK": "1"]) { $1 }
        try await Tool.run(
            name, ["-i", "\(disk.string)@@1M"] + words, environment: environment,
            deadline: deadline
        ).succeeded()
    }
}

// MARK: What is on it

extension LabDisk {
    private static let words = "console=ttyAMA0 random.trust_bootloader=on doorbell.board=lab"

    /// The files of PXE first, as PXELINUX looks for them; then the disk.
    private static let script = """
        setenv autoload no
        dhcp
        if pxe get; then pxe boot; fi
        load virtio 0:1 ${kernel_addr_r} vmlinuz
        load virtio 0:1 ${ramdisk_addr_r} initrd.img
        setenv bootargs \(words)
        booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr}

        """

    /// As `grub-mkconfig` and U-Boot's users write them, without what is not needed here.
    private static let menus = [
        "EFI/debian/grub.cfg": """
        search --no-floppy --file --set=root /grub/grub.cfg
        set prefix=($root)/grub
        configfile $prefix/grub.cfg

        """,
        "grub/grub.cfg": """
        if [ -s $prefix/grubenv ]; then
          load_env
        fi
        if [ "${next_entry}" ] ; then
          set default="${next_entry}"
          set next_entry=
          save_env next_entry
        else
          set default="0"
        fi
        set timeout=0
        menuentry 'Known good' {
          linux /vmlinuz \(words)
          initrd /initrd.img
        }
        if [ -f ${prefix}/custom.cfg ]; then
          source ${prefix}/custom.cfg
        fi

        """,
        "extlinux/extlinux.conf": """
        default good
        timeout 1
        label good
            kernel /vmlinuz
            initrd /initrd.img
            append \(words)

        """,
    ]

    /// The image of every virtual board, and behind it what this one has besides.
    private func makeInitrd(from tree: FilePath, at path: FilePath) async throws {
        let base = try Data(contentsOf: URL(filePath: home.initrd.string))
        var archive = CpioArchive()
        archive.add("boot", .folder)
        for (file, bytes) in try Userland(in: tree, programs: Self.tools).files {
            archive.add(file, .file(bytes, isExecutable: true))
        }
        let modules = try #require(home.kernel.modules)
        let release = try #require(modules.lastComponent?.string)
        for module in Self.modules {
            let bytes = try Data(
                contentsOf: URL(filePath: "\(modules.string)/kernel/\(module).ko"))
            archive.add("lib/modules/\(release)/kernel/\(Self.file(module))", .file(Array(bytes)))
        }
        let script = InitScript.text.replacing("ip link set lo up", with: Self.mounting)
        archive.add("init", .file(Array(script.utf8), isExecutable: true))
        let all = Array(base) + archive.finished()
        let packed = try await Tool.run(
            "gzip", ["-1"], input: all, deadline: deadline, outputLimit: .mebibytes(64)
        ).succeeded()
        try Data(packed.standardOutput).write(to: URL(filePath: path.string))
    }

    private static func file(_ module: String) -> String {
        (module.split(separator: "/").last.map(String.init) ?? module) + ".ko"
    }

    /// Another kernel has no such modules, and no `/boot` then.
    private static let mounting =
        modules.map {
            "insmod /lib/modules/$release/kernel/\(file($0)) 2>/dev/null"
        }.joined(separator: "\n") + "\nmount -t vfat /dev/vda1 /boot\nip link set lo up"
}
