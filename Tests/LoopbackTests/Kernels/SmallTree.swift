// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import KernelTree
import SystemPackage
import Testing
import Vocabulary

/// A folder with a tree that has the kernel's targets and words and compiles in a second.
///
/// Make, the cross compiler, the linker and git are real; only what is compiled is small.
struct SmallTree {
    let folder = FilePath(NSTemporaryDirectory()).appending("small-" + UUID().uuidString)
    var tree: FilePath { folder.appending("linux") }
    var cache: FilePath { folder.appending("cache") }

    init() throws {
        for (name, text) in Self.files { try write(text, to: "linux/" + name) }
        try write("CONFIG_WANTED=y\n", to: "small.config")
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder.string) }

    func write(_ text: String, to name: String) throws {
        let path = folder.pushing(FilePath(name))
        try FileManager.default.createDirectory(
            atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
        try text.write(toFile: path.string, atomically: true, encoding: .utf8)
    }

    /// A patch that puts another first line into a file.
    func patch(_ name: String, _ file: String, from old: String, to new: String) throws {
        let path = tree.pushing(FilePath(file)).string
        // Git holds a hunk without lines behind it for the end of the file.
        let context = try String(contentsOfFile: path, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast()
            .prefix(3)
        let lines = ["-" + old, "+" + new] + context.map { " " + $0 }
        let count = context.count + 1
        let head = "--- a/\(file)\n+++ b/\(file)\n@@ -1,\(count) +1,\(count) @@\n"
        let text = head + lines.joined(separator: "\n") + "\n"
        try write(text, to: "\(name)/patches/0001-\(name).patch")
        try write("0001-\(name).patch\n", to: "\(name)/patches/series")
    }

    /// The order for a recipe of that name; with patches where `patch` has made some.
    func order(
        _ name: String, source: TreeSource? = nil, fragment: String = "small.config"
    ) throws -> KernelOrder {
        let series = folder.pushing(FilePath("\(name)/patches/series"))
        let has = FileManager.default.fileExists(atPath: series.string)
        return KernelOrder(
            name: try #require(KernelName(name)), source: source ?? .folder(tree),
            base: .target("tinyconfig"),
            fragments: [folder.appending(fragment)], series: has ? series : nil)
    }

    private static let files = [
        "Kconfig": "",
        "init/banner.c": """
        const char banner[] = "Linux version " RELEASE " (doorbell@doorbell) (gcc) #1 SMP\\n";
        const char release[] = RELEASE;
        """,
        "init/head.S": """
        .text
        b start
        .org 0x38
        .ascii "ARM\\x64"
        .org 0x40
        .globl start
        start: b one
        """,
        "drivers/one.c": "int two(int);\nint one(int a) { return two(a) + 1; }\n",
        "drivers/two.c": "int two(int a) { return a * 2; }\n",
        "drivers/extra.c": "const char vermagic[] = RELEASE;\n",
        "link.lds": """
        SECTIONS {
          . = 0;
          .text : { *(.text*) }
          .rodata : { *(.rodata*) *(.data*) }
          .notes : { *(.note.gnu.build-id) }
          /DISCARD/ : { *(.note.GNU-stack) *(.comment) *(.eh_frame*) }
        }
        """,
        "Makefile": makefile,
    ]

    /// `olddefconfig` drops what is not in the list, as Kconfig drops what it does not know.
    private static let makefile = """
        objects := init/head.o init/banner.o drivers/one.o drivers/two.o
        tinyconfig:
        \tprintf 'CONFIG_BASE=y\\n# CONFIG_WANTED is not set\\n' > .config
        olddefconfig:
        \tgrep -e CONFIG_BASE -e CONFIG_WANTED .config | tac | \\
        \t    awk '!seen[$$0 ~ /WANTED/]++' > .config.new
        \tmv .config.new .config
        include/release.h: FORCE
        \t@mkdir -p include
        \t@printf '#define RELEASE "6.1.0%s"\\n' '$(LOCALVERSION)' > include/release.new
        \t@cmp -s include/release.new $@ || mv include/release.new $@
        init/banner.o: include/release.h
        %.o: %.c
        \t@echo "  CC      $@"
        \t@$(CROSS_COMPILE)gcc -Os -ffreestanding -include include/release.h -c -o $@ $<
        %.o: %.S
        \t@echo "  AS      $@"
        \t@$(CROSS_COMPILE)gcc -c -o $@ $<
        vmlinux: $(objects)
        \t@echo "  LD      $@"
        \t@$(CROSS_COMPILE)ld --build-id=sha1 -T link.lds -o $@ $(objects)
        Image: vmlinux
        \t@mkdir -p arch/arm64/boot
        \t@$(CROSS_COMPILE)objcopy -O binary vmlinux arch/arm64/boot/Image
        \t@$(CROSS_COMPILE)nm vmlinux > System.map
        drivers/extra.o: include/release.h
        modules: drivers/extra.o
        modules_install:
        \t@mkdir -p "$(INSTALL_MOD_PATH)/lib/modules/6.1.0$(LOCALVERSION)"
        \t@cp drivers/extra.o "$(INSTALL_MOD_PATH)/lib/modules/6.1.0$(LOCALVERSION)/extra.ko"
        FORCE:
        .PHONY: FORCE

        """
}

/// No package is fetched in these tests.
struct NoPackages: PackageShelf {
    func unpacked(_ package: String) async throws -> (folder: FilePath, identity: String) {
        throw CancellationError()
    }

    func known(_ package: String) -> (folder: FilePath, identity: String)? { nil }
}
