// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
package import Vocabulary

/// The lab file that a board gets first: what was seen of it, and what its owner has to add.
package struct LabEntry: Sendable {
    package let name: BoardName
    package let host: String
    package let port: UInt16
    package let user: String
    /// The host key by which the board proved who it is.
    package let hostKey: String
    package let credential: RemoteMachine.Credential
    package let board: ProbedBoard

    package init(
        name: BoardName, host: String, port: UInt16, user: String, hostKey: String,
        credential: RemoteMachine.Credential, board: ProbedBoard
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.user = user
        self.hostKey = hostKey
        self.credential = credential
        self.board = board
    }

    /// Writes the file, and makes sure that it can be read.
    /// - Throws: `LanguageError` for a host or user that no lab can have.
    package func text() throws(LanguageError) -> String {
        let lines = head + reach + DoorbellLines(board.evidence).lines + Self.examples
        let text = lines.joined(separator: "\n") + "\n"
        _ = try Lab(SourceText(file: "the lab entry of \(name)", text: text))
        return text
    }

    private var head: [String] {
        ["name: \(value(name.text))", "summary: First look at board \(name)", "boards:"]
            + ProbeRemarks(board: board).lines.map { "  # " + UntrustedText.remark($0) }
    }

    private var reach: [String] {
        let login =
            switch credential {
            case .identity(let path): "identity: \(value(path.string))"
            case .agent: "agent: true"
            }
        return ["  - name: \(value(name.text))"]
            + [
                "kind: ssh", "host: \(value(host))", "port: \(port)", "user: \(value(user))",
                "host-key: \(value(hostKey))", login,
            ].map { "    " + $0 }
    }

    private func value(_ text: String) -> String { UntrustedText.value(text) }

    /// What cannot be seen from within: true lab language when the `# ` is taken away.
    private static let examples = [
        "    # What nobody can see from within: take the '#' away, and write how it is here.",
        "    # power:",
        "    #   ipmi: {host: bmc.example, user: admin, password-file: keys/bmc}",
        "    # console: {sol: true}",
        "    # boot: {method: kexec}",
        "    # Where there is no BMC:",
        "    # power: {\"on\": [outlet, three, \"on\"], \"off\": [outlet, three, \"off\"]}",
        "    # console: {tcp: \"serial.example:2001\"}",
    ]
}
