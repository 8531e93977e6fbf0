// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Reads what a lab file says of a board that is reached over SSH.
enum RemoteMachineReader {
    static func machine(_ reader: MappingReader<BoardKey>) -> RemoteMachine? {
        let host = reader.required(.host, host)
        let port: UInt16 = reader.optional(.port, default: 22) { $0.count(1...65_535) }
        let user = reader.optional(.user, default: "root", word)
        let hostKey = reader.optional(.hostKey, hostKey)
        let credential = credential(reader)
        let power = reader.optional(.power, PowerReader.power)
        let console = reader.optional(.console) { ConsoleReader.origin($0, power: power) }
        let boot = reader.optional(.boot, BootPlanReader.plan)
        guard let host, let credential else { return nil }
        return RemoteMachine(
            host: host, port: port, user: user, hostKey: hostKey, credential: credential,
            power: power, console: console, boot: boot)
    }

    static func host(_ value: Value) -> String? {
        guard let text = word(value) else { return nil }
        guard !text.contains("@"), !text.contains("/"), !text.hasPrefix("-") else {
            return value.complain(
                "'\(shortened(text))' is no host; write a host name or address, and the user and "
                    + "port under their own keys", as: String.self)
        }
        return text
    }

    static func word(_ value: Value) -> String? {
        guard let text = value.text("a word") else { return nil }
        guard !text.contains(where: \.isWhitespace) else {
            return value.complain("write one word here, without spaces", as: String.self)
        }
        return text
    }

    private static func credential(
        _ reader: MappingReader<BoardKey>
    ) -> RemoteMachine.Credential? {
        let agent = reader.optional(.agent) { $0.boolean() }
        let identity = reader.optional(.identity) { $0.text("the path of a private key") }
        switch (identity, agent ?? false) {
        case (let path?, false): return .identity(FilePath(path))
        case (nil, true): return .agent
        case (_?, true):
            return reader[.agent]?.complain(
                "'identity' and 'agent' are both given; keep one",
                as: RemoteMachine.Credential.self)
        case (nil, false):
            let isComplainedOf = reader[.identity] != nil || (reader[.agent] != nil && agent == nil)
            guard !isComplainedOf else { return nil }
            return reader.value.complain(
                "nothing says how to log in; write 'identity: path of a private key', or "
                    + "'agent: true'", as: RemoteMachine.Credential.self)
        }
    }

    /// Reads a command as a list: no shell takes it apart, so a line of text would be ambiguous.
    static func command(_ value: Value) -> LocalCommand? {
        if value.isScalar, !value.isNothing, let text = value.text() {
            let words = text.split(separator: " ").joined(separator: ", ")
            return value.complain(
                "a command is a list of its words, for no shell reads it; write [\(words)]",
                as: LocalCommand.self)
        }
        guard let words = value.list(of: { $0.text("a word of the command") }) else { return nil }
        guard let program = words.first else {
            return value.complain("the command is empty", as: LocalCommand.self)
        }
        return LocalCommand(program: program, arguments: Array(words.dropFirst()))
    }
}
