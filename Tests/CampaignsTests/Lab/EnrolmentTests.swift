// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing
import Vocabulary

@Suite("A host key is pinned in the lab file, and nothing else changes")
struct EnrolmentTests {
    private let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPZ5n7Q6mJ5rW0b7pXc"
    private let lab = """
        # Our two boards.
        name: l
        summary: x
        boards:
          - kind: ssh        # not enrolled yet
            name: one
            host: one.lab    # in the cellar
            agent: true

          - name: two
            kind: ssh
            host: two.lab
            host-key: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            agent: true
          - {name: three, kind: ssh, host: three.lab, agent: true}
          - name: four
            kind: qemu
            msi-controller: its
            devices: []

        """

    private func enrol(_ name: String) throws -> String {
        try Enrolment.text(
            SourceText(file: "l.yaml", text: lab), pinning: key,
            of: try #require(BoardName(name)))
    }

    @Test("Behind the host, where none was pinned")
    func first() throws {
        let host = "    host: one.lab    # in the cellar\n"
        #expect(try enrol("one") == lab.replacing(host, with: host + "    host-key: \(key)\n"))
    }

    @Test("In place of the key that was pinned")
    func again() throws {
        let before = "host-key: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(try enrol("two") == lab.replacing(before, with: "host-key: \(key)"))
    }

    @Test("And what was written is a lab that has the key")
    func readsBack() throws {
        let board = try Lab(SourceText(file: "l.yaml", text: try enrol("one"))).boards[0]
        guard case .ssh(let machine) = board.reach else { throw NotSSH() }
        #expect(machine.hostKey?.text == key)
    }

    @Test(
        "Never half: an entry on one line, a board of QEMU and an unknown one are refused",
        arguments: ["three", "four", "five"])
    func refused(name: String) {
        #expect(throws: (any Error).self) { try enrol(name) }
    }

    private struct NotSSH: Error {}
}
