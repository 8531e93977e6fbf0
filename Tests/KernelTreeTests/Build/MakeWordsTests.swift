// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
import Testing

@Suite("What make says is understood")
struct MakeWordsTests {
    @Test(
        "Objects are counted, other lines are not",
        arguments: [
            ("  CC      drivers/iommu/iommu.o", "drivers/iommu/iommu.o"),
            ("  HOSTCC  scripts/kconfig/conf.o", "scripts/kconfig/conf.o"),
            ("  AR      drivers/iommu/built-in.a", "drivers/iommu/built-in.a"),
            ("  AS      arch/arm64/kernel/entry.o", "arch/arm64/kernel/entry.o"),
            ("  UPD     include/generated/utsrelease.h", nil),
            ("make: Entering directory '/x'", nil), ("CC drivers/iommu/iommu.o", nil), ("", nil),
        ] as [(String, String?)])
    func objects(_ line: String, _ object: String?) {
        #expect(MakeWords.object(in: line) == object)
    }

    @Test("A compiler's error is the reason, not where make gave up")
    func compiler() {
        // As gcc 12.2 and GNU make 4.3 wrote it.
        let text = """
              CC      drivers/iommu/iommu.o
            drivers/iommu/iommu.c: In function ‘iommu_map’:
            drivers/iommu/iommu.c:2399:9: error: ‘foo’ undeclared (first use in this function)
             2399 |         foo();
            make[3]: *** [scripts/Makefile.build:250: drivers/iommu/iommu.o] Error 1
            make[2]: *** [scripts/Makefile.build:500: drivers/iommu] Error 2
            make: *** [Makefile:2028: .] Error 2
            """
        #expect(
            MakeWords.reasons(in: text) == [
                "drivers/iommu/iommu.c:2399:9: error: ‘foo’ undeclared (first use in this function)"
            ])
    }

    @Test("A kernel that does not link says what is missing")
    func linker() {
        let text = """
              LD      .tmp_vmlinux.kallsyms1
            aarch64-linux-gnu-ld: Unexpected GOT/PLT entries detected!
            aarch64-linux-gnu-ld: drivers/iommu/iommu.o: in function `iommu_map':
            iommu.c:(.text+0x1c): undefined reference to `nowhere'
            make: *** [Makefile:1255: vmlinux] Error 1
            """
        #expect(
            MakeWords.reasons(in: text).last
                == "iommu.c:(.text+0x1c): undefined reference to `nowhere'")
    }

    @Test("Where nothing looks like a reason, the last lines are given")
    func lastLines() {
        let text = (1...20).map { "line \($0)" }.joined(separator: "\n")
        #expect(MakeWords.reasons(in: text).first == "line 13")
        #expect(MakeWords.reasons(in: text).count == 8)
    }

    @Test("A full disk is recognised in the words of compiler, tar and git")
    func fullDisk() {
        #expect(
            NoRoom.isSaid(
                in: "init/main.c:1: fatal error: error writing to /tmp/x.s: No space left on device"
            )
        )
        #expect(NoRoom.isSaid(in: "tar: linux/MAINTAINERS: Cannot write: No space left on device"))
        #expect(!NoRoom.isSaid(in: "make: *** [vmlinux] Error 1"))
    }
}
