// SPDX-License-Identifier: GPL-3.0-or-later

extension RemoteMachineReader {
    /// Reads `SHA256:…` as `ssh-keygen -l` prints it, or `ssh-ed25519 AAAA…` as a `.pub` file has it.
    static func hostKey(_ value: Value) -> PinnedHostKey? {
        guard let text = value.text("a host key") else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.count == 1, let key = fingerprint(words[0]) { return key }
        if words.count >= 2, let key = publicKey(algorithm: words[0], base64: words[1]) {
            return key
        }
        return value.complain(
            "'\(shortened(text))' is no host key; write the fingerprint 'SHA256:…' that "
                + "`ssh-keygen -l` prints on the board, or its line 'ssh-ed25519 AAAA…'",
            as: PinnedHostKey.self)
    }

    /// A SHA-256 in base64 has 43 characters without its padding.
    private static func fingerprint(_ word: String) -> PinnedHostKey? {
        let prefix = "SHA256:"
        guard word.hasPrefix(prefix) else { return nil }
        let digest = word.dropFirst(prefix.count)
        return digest.utf8.count == 43 && isBase64(digest) ? .fingerprint(word) : nil
    }

    private static func publicKey(algorithm: String, base64: String) -> PinnedHostKey? {
        let known = ["ssh-", "ecdsa-sha2-", "sk-"].contains { algorithm.hasPrefix($0) }
        // Each blob begins with the length of the algorithm's name, three bytes of it zero.
        guard known, base64.hasPrefix("AAAA"), isBase64(base64) else { return nil }
        return .publicKey(algorithm: algorithm, base64: base64)
    }

    private static func isBase64(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "+/=".utf8.contains(byte)
            }
        }
    }
}
