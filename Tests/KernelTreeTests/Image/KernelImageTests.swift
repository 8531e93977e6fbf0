// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
import Testing
import Vocabulary

@Suite("A kernel image tells what it is")
struct KernelImageTests {
    /// The header of arm64's Image, and behind it what a kernel carries at some places.
    private func image(release: String, id: UInt8, code: String = "code") -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes.replaceSubrange(0x38..<0x3c, with: Array("ARM\u{64}".utf8))
        bytes += Array("%s version %s (doorbell@doorbell) (gcc) %s\n\0".utf8)
        bytes += Array("Linux version %s\0".utf8)
        bytes += Array("Linux version \(release) (doorbell@doorbell) (gcc) #1 SMP\n\0".utf8)
        bytes += Array("\(release)\0\(code)".utf8)
        for value in [id, id &+ 1] {
            bytes += [4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0] + Array("GNU\0".utf8)
            bytes += [UInt8](repeating: value, count: 20)
        }
        return bytes
    }

    private func hex(_ digits: String) -> String { String(repeating: digits, count: 20) }

    @Test("Banner, release and build IDs are found")
    func facts() throws {
        let facts = try KernelImage(image(release: "6.1.192-doorbell-aa", id: 0xab), path: "Image")
        #expect(facts.release == "6.1.192-doorbell-aa")
        #expect(
            facts.banners == ["Linux version 6.1.192-doorbell-aa (doorbell@doorbell) (gcc) #1 SMP"])
        #expect(facts.buildIDs == [hex("ab"), hex("ac")])
        #expect(facts.buildID == hex("ac"))
    }

    @Test("Kernels that differ only in their names run the same code; others do not")
    func code() throws {
        let one = try KernelImage(image(release: "6.1-doorbell-aa", id: 1), path: "a")
        let two = try KernelImage(image(release: "6.1-doorbell-bb", id: 7), path: "b")
        let other = try KernelImage(
            image(release: "6.1-doorbell-aa", id: 1, code: "cod3"), path: "c")
        #expect(one.hash != two.hash && one.code == two.code)
        #expect(one.code != other.code)
    }

    @Test("A file for another architecture, or no kernel at all, is named for what it is")
    func strangers() {
        func description(_ place: Int, _ word: [UInt8]) -> String {
            var bytes = [UInt8](repeating: 0, count: 0x300)
            bytes.replaceSubrange(place..<(place + word.count), with: word)
            return ImageForm(bytes).description
        }
        #expect(description(0x202, Array("HdrS".utf8)) == "a kernel for x86")
        #expect(description(0x38, Array("RSC\u{5}".utf8)) == "a kernel for RISC-V")
        #expect(description(0x24, [0x18, 0x28, 0x6f, 0x01]) == "a kernel for 32-bit ARM")
        #expect(description(0, [0x1f, 0x8b]) == "compressed with gzip")
        #expect(ImageForm([]).description == "no kernel image")
        let elf = Array("\u{7f}ELF".utf8) + [2, 1, 1] + [UInt8](repeating: 0, count: 11) + [62, 0]
        #expect(ImageForm(elf).description == "an ELF file for x86-64, and no Image")
        let trouble = #expect(throws: BuildFailure.self) { try KernelImage(elf, path: "vmlinux") }
        #expect(trouble?.kind == .suite)
    }
}
