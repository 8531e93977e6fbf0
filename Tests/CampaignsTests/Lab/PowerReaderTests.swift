// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Campaigns
import SystemPackage
import Testing

@Suite("What a lab says of a board's power is read")
struct PowerReaderTests {
    private func power(_ words: String) throws -> PowerSource? {
        let text = sshBoard("agent: true\npower: \(words)")
        let board = try Lab(SourceText(file: "l.yaml", text: text)).boards[0]
        guard case .ssh(let machine) = board.reach else { return nil }
        return machine.power
    }

    @Test("Each driver has its own words")
    func drivers() throws {
        let file = SecretFile("keys/bmc")
        #expect(
            try power("{ipmi: {host: bmc, user: lab, password-file: keys/bmc}}")
                == .ipmi(IPMIAccess(host: "bmc", user: "lab", passwordFile: file)))
        #expect(
            try power(
                "{ipmi: {host: bmc, port: 9623, user: lab, password-file: keys/bmc, "
                    + "interface: lan, cipher-suite: 3}}")
                == .ipmi(
                    IPMIAccess(
                        host: "bmc", port: 9623, user: "lab", passwordFile: file,
                        interface: "lan", cipherSuite: 3)))
        #expect(
            try power(
                "{redfish: {url: 'https://bmc:8443/', system: Self, user: lab, "
                    + "password-file: keys/bmc, certificate: c.pem}}")
                == .redfish(
                    RedfishAccess(
                        url: "https://bmc:8443", system: "Self", user: "lab", passwordFile: file,
                        certificate: "c.pem")))
        #expect(
            try power("{pdudaemon: {url: 'http://pdu:16421', device: shelf, outlet: 3}}")
                == .pdudaemon(
                    PDUDaemonAccess(url: "http://pdu:16421", device: "shelf", outlet: 3)))
        #expect(try power("{qmp: {socket: run/qmp}}") == .qmp("run/qmp"))
    }

    @Test(
        "What is wrong with them is named",
        arguments: [
            ("{}", ["the key 'on' is missing", "the key 'off' is missing"]),
            (
                "{qmp: {socket: s}, on: [a]}",
                ["the key 'on' has no place here: the power is switched by 'qmp' already"]
            ),
            (
                "{qmp: {socket: s}, pdudaemon: {url: 'http://p', device: d, outlet: 1}}",
                ["the key 'qmp' has no place here: the power is switched by 'pdudaemon'"]
            ),
            ("{ipmi: {host: h, user: u}}", ["the key 'password-file' is missing"]),
            (
                "{ipmi: {host: h, user: u, password: p, password-file: f}}",
                ["unknown key 'password'"]
            ),
            (
                "{ipmi: {host: -h, user: u, password-file: f}}",
                ["'-h' is no host"]
            ),
            (
                "{ipmi: {host: h, user: u, password-file: f, interface: lanpls}}",
                ["'lanpls' is not known here; did you mean 'lanplus'?"]
            ),
            (
                "{redfish: {url: 'http://bmc', system: S, user: u, password-file: f}}",
                ["a password would travel in the clear; write https://"]
            ),
            (
                "{redfish: {url: 'https://u:p@bmc', system: S, user: u, password-file: f}}",
                ["is no address of a service"]
            ),
            (
                "{redfish: {url: 'https://bmc/redfish/v1', system: S, user: u, password-file: f}}",
                ["is no address of a service"]
            ),
            (
                "{redfish: {url: 'https://bmc', system: ../S, user: u, password-file: f}}",
                ["is no name of a system"]
            ),
            (
                "{pdudaemon: {url: 'ftp://p', device: d, outlet: 1}}",
                ["is no address of a service"]
            ),
            ("{pdudaemon: {url: 'http://p', device: d}}", ["the key 'outlet' is missing"]),
            ("{qmp: {sock: s}}", ["unknown key 'sock'", "the key 'socket' is missing"]),
        ])
    func wrong(_ words: String, _ sentences: [String]) {
        let found = complaints(inLab: sshBoard("agent: true\npower: \(words)"))
        #expect(found.count == sentences.count, "\(found)")
        for sentence in sentences {
            #expect(found.contains { $0.contains(sentence) }, "\(sentence): \(found)")
        }
    }

    @Test("A password is sent in the clear to this machine alone")
    func loopback() throws {
        let words = "system: S, user: u, password-file: f"
        #expect(try power("{redfish: {url: 'http://127.0.0.1:8000', \(words)}}") != nil)
        #expect(
            !complaints(
                inLab: sshBoard(
                    "agent: true\npower: {redfish: {url: 'http://127.0.0.1.evil', \(words)}}")
            ).isEmpty)
    }
}
