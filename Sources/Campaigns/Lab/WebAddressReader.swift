// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads where a web service of a lab is.
enum WebAddressReader {
    /// Reads a scheme, a host and a port, and gives them without a slash at the end.
    ///
    /// With `carriesSecret`, `http` is let in for this machine alone: a password is sent along.
    static func address(_ value: Value, carriesSecret: Bool) -> String? {
        guard let text = RemoteMachineReader.word(value) else { return nil }
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        let scheme = ["https://", "http://"].first { url.hasPrefix($0) }
        guard let scheme, isHostAndPort(url.dropFirst(scheme.count)) else {
            return value.complain(
                "'\(shortened(text))' is no address of a service; write https://HOST or "
                    + "https://HOST:PORT, and what is below it under the other keys",
                as: String.self)
        }
        let isLocal = ["127.0.0.1", "localhost", "[::1]"].contains { host in
            let rest = url.dropFirst(scheme.count)
            return rest == host || rest.hasPrefix(host + ":")
        }
        guard scheme == "https://" || isLocal || !carriesSecret else {
            return value.complain(
                "a password would travel in the clear; write https://", as: String.self)
        }
        return url
    }

    /// Reads one word of a path: what can stand between two slashes as it is.
    static func pathWord(_ value: Value) -> String? {
        guard let text = RemoteMachineReader.word(value) else { return nil }
        guard text.utf8.allSatisfy({ isPlain($0) }), text != ".", text != ".." else {
            return value.complain(
                "'\(shortened(text))' is no name of a system; write letters, digits, '.', '_' "
                    + "and '-'", as: String.self)
        }
        return text
    }

    private static func isHostAndPort(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isPlain($0) || ":[]".utf8.contains($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._-".utf8.contains(byte)
        }
    }
}
