// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing
import VirtualBoards

@Suite("An ELF file")
struct ELFFileTests {
    /// A 64-bit little-endian file with one section of that name and content.
    private static func file(section name: String, _ content: [UInt8]) -> [UInt8] {
        let names = Array("\0\(name)\0.shstrtab\0".utf8)
        let (contentAt, namesAt) = (64, 64 + content.count)
        let table = namesAt + names.count
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + Array(repeating: 0, count: 57)
        bytes.replace(at: 0x28, with: table, size: 8)
        bytes.replace(at: 0x3a, with: 64, size: 2)
        bytes.replace(at: 0x3c, with: 3, size: 2)
        bytes.replace(at: 0x3e, with: 2, size: 2)
        bytes += content + names + Array(repeating: 0, count: 3 * 64)
        let headers = [(1, contentAt, content.count), (2 + name.utf8.count, namesAt, names.count)]
        for (index, (label, offset, size)) in headers.enumerated() {
            let header = table + 64 * (index + 1)
            bytes.replace(at: header, with: label, size: 4)
            bytes.replace(at: header + 0x18, with: offset, size: 8)
            bytes.replace(at: header + 0x20, with: size, size: 8)
        }
        return bytes
    }

    private static let module = file(
        section: ".modinfo",
        Array("license=GPL\0depends=vfio,vfio-virqfd\0name=vfio_pci_core\0".utf8))

    @Test("of a kernel module tells which modules it needs")
    func modules() throws {
        #expect(try ELFFile(Self.module).neededModules() == ["vfio", "vfio-virqfd"])
        let alone = Self.file(section: ".modinfo", Array("depends=\0name=vfio\0".utf8))
        #expect(try ELFFile(alone).neededModules() == [])
    }

    @Test("of a program tells which libraries it loads")
    func libraries() throws {
        let shell = try #require(FileManager.default.contents(atPath: "/bin/sh"))
        #expect(try ELFFile(Array(shell)).neededLibraries() == ["libc.so.6"])
    }

    @Test("that is cut anywhere, or damaged, is an error or the truth, never a crash")
    func damaged() {
        for length in Self.module.indices {
            #expect(throws: ELFFile.Malformed.self) {
                _ = try ELFFile(Array(Self.module[..<length])).neededModules()
            }
        }
        for index in Self.module.indices {
            var bytes = Self.module
            bytes[index] = 0xff
            _ = try? ELFFile(bytes).neededModules()
            _ = try? ELFFile(bytes).neededLibraries()
        }
    }
}

extension [UInt8] {
    fileprivate mutating func replace(at offset: Int, with value: Int, size: Int) {
        for index in 0..<size { self[offset + index] = UInt8(value >> (8 * index) & 0xff) }
    }
}
