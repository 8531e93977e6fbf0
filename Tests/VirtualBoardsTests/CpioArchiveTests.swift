// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

@Suite("A cpio archive")
struct CpioArchiveTests {
    @Test("has the header that the kernel's documentation shows")
    func header() {
        var archive = CpioArchive()
        archive.add("init", .file([0x41, 0x42, 0x43], isExecutable: true))
        let text = String(decoding: archive.bytes, as: UTF8.self)
        let fields = [
            "070701", "00000001", "000081ed", "00000000", "00000000", "00000001", "00000000",
            "00000003", "00000000", "00000000", "00000000", "00000000", "00000005", "00000000",
        ]
        #expect(text == fields.joined() + "init\0\0ABC\0")
    }

    @Test("is read back by cpio as it was written")
    func readBack() async throws {
        var archive = CpioArchive()
        archive.add("etc", .folder)
        archive.add("etc/secret", .file(Array("psst".utf8)), permissions: 0o600)
        archive.add("etc/link", .link(to: "/etc/secret"))
        archive.add("console", .characterDevice(major: 5, minor: 1))
        let output = try await Tool.run(
            "cpio", ["--list", "--verbose", "--numeric-uid-gid", "--quiet"],
            input: archive.finished(), environment: ["TZ": "UTC", "LC_ALL": "C"],
            deadline: .after(.seconds(120), for: "cpio")
        ).succeeded()
        let columns = output.text.split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }
        #expect(columns.map { $0[0] } == ["drwxr-xr-x", "-rw-------", "lrwxrwxrwx", "crw-------"])
        let names = ["etc", "etc/secret", "etc/link -> /etc/secret", "console"]
        for (line, name) in zip(output.text.split(separator: "\n"), names) {
            #expect(line.hasSuffix(" \(name)"))
        }
        #expect(output.text.contains("5,   1"))
    }

    @Test("has the same bytes for the same entries")
    func deterministic() {
        let make = {
            var archive = CpioArchive()
            archive.add("a", .folder)
            archive.add("a/b", .file([1]))
            return archive.finished()
        }
        #expect(make() == make())
        #expect(make().count % 512 == 0)
    }
}
