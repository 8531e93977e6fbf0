// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Campaigns
import SystemPackage
import Testing

@Suite("What a lab says of a board's console is read")
struct ConsoleReaderTests {
    private static let bmc = "power: {ipmi: {host: bmc, user: u, password-file: f}}\n"

    private func console(_ words: String) throws -> ConsoleOrigin? {
        let text = sshBoard("agent: true\n\(Self.bmc)console: \(words)")
        let board = try Lab(SourceText(file: "l.yaml", text: text)).boards[0]
        guard case .ssh(let machine) = board.reach else { return nil }
        return machine.console
    }

    @Test("Each source has its own words")
    func sources() throws {
        #expect(try console("{tcp: 's:2001'}") == .tcp(NetworkAddress(host: "s", port: 2001)))
        #expect(try console("{tcp: '[::1]:2001'}") == .tcp(NetworkAddress(host: "::1", port: 2001)))
        #expect(
            try console("{rfc2217: {address: 's:2'}}")
                == .rfc2217(NetworkAddress(host: "s", port: 2), speed: 115_200))
        #expect(
            try console("{conserver: {console: b}}")
                == .conserver(ConserverAccess(console: "b", host: "localhost")))
        let access = IPMIAccess(host: "bmc", user: "u", passwordFile: SecretFile("f"))
        #expect(try console("{sol: true}") == .serialOverLAN(access))
    }

    @Test(
        "What is wrong with them is named",
        arguments: [
            ("{}", "write one of tcp, rfc2217, conserver, sol, command"),
            ("{tcp: host}", "'host' is no address of a console; write HOST:PORT"),
            ("{tcp: 'host:0'}", "is no address of a console"),
            ("{tcp: 'h:1', sol: true}", "the key 'sol' has no place here"),
            ("{sol: false}", "leave the console out where there is none"),
            ("{rfc2217: {address: 'h:1', speed: 1}}", "1 is out of bounds"),
            ("{conserver: {console: -x}}", "'-x' is no host"),
        ])
    func wrong(_ words: String, _ sentence: String) {
        let found = complaints(inLab: sshBoard("agent: true\n\(Self.bmc)console: \(words)"))
        #expect(found.count == 1 && found.first?.contains(sentence) == true, "\(found)")
    }

    @Test("Serial over LAN wants a BMC under the power")
    func withoutBMC() {
        let found = complaints(inLab: sshBoard("agent: true\nconsole: {sol: true}"))
        #expect(found.count == 1 && found[0].contains("write it as `ipmi` under `power`"))
    }
}
