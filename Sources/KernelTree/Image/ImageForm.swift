// SPDX-License-Identifier: GPL-3.0-or-later

/// What kind of file is given as a kernel, by its first bytes.
package enum ImageForm: Hashable, Sendable, CustomStringConvertible {
    /// An uncompressed arm64 `Image` (Documentation/arm64/booting.rst, section 4).
    case arm64
    /// A kernel for x86 (Documentation/x86/boot.rst: `HdrS` at 0x202).
    case x86
    /// A `zImage` for 32-bit ARM: its magic number at 0x24.
    case arm
    /// An `Image` for RISC-V: `RSC\u{5}` at 0x38.
    case riscV
    /// An EFI program that unpacks itself: `zimg` at 4.
    case selfUnpacking
    case elf(machine: Int)
    case gzip
    case other

    package init(_ bytes: [UInt8]) {
        let mark = Self.marks.first { mark in
            bytes.count >= mark.place + mark.word.count
                && bytes[mark.place...].starts(with: mark.word)
        }
        guard let mark else {
            self = .other
            return
        }
        guard case .elf = mark.form else {
            self = mark.form
            return
        }
        self = .elf(machine: bytes.count > 0x13 ? Int(bytes[0x12]) | Int(bytes[0x13]) << 8 : 0)
    }

    private static let marks: [(place: Int, word: [UInt8], form: ImageForm)] = [
        (0x38, Array("ARM\u{64}".utf8), .arm64),
        (4, Array("zimg".utf8), .selfUnpacking),
        (0x202, Array("HdrS".utf8), .x86),
        (0x24, [0x18, 0x28, 0x6f, 0x01], .arm),
        (0x38, Array("RSC\u{5}".utf8), .riscV),
        (0, [0x1f, 0x8b], .gzip),
        (0, [0x7f, 0x45, 0x4c, 0x46], .elf(machine: 0)),
    ]

    package var description: String {
        switch self {
        case .arm64: "an arm64 Image"
        case .x86: "a kernel for x86"
        case .arm: "a kernel for 32-bit ARM"
        case .riscV: "a kernel for RISC-V"
        case .selfUnpacking: "a compressed kernel that unpacks itself under EFI"
        case .elf(let machine): "an ELF file for \(Self.machine(machine)), and no Image"
        case .gzip: "compressed with gzip"
        case .other: "no kernel image"
        }
    }

    /// The values of `e_machine` that kernels have (include/uapi/linux/elf-em.h).
    private static func machine(_ number: Int) -> String {
        [3: "x86", 40: "32-bit ARM", 62: "x86-64", 183: "arm64", 243: "RISC-V"][number]
            ?? "machine \(number)"
    }
}
