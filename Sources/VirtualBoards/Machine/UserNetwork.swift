// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what QEMU's monitor says about its user network (`info usernet`, QEMU 7.2).
package enum UserNetwork {
    /// The port of the controller that leads to a port of the board; nothing if none does.
    package static func forwardedPort(to boardPort: UInt16, in text: String) -> UInt16? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            // TCP[HOST_FORWARD]  14  127.0.0.1 45093  10.0.2.15  22  0  0
            guard words.count >= 6, words[0] == "TCP[HOST_FORWARD]", words[2] == "127.0.0.1",
                UInt16(words[5]) == boardPort, let port = UInt16(words[3]), port != 0
            else { continue }
            return port
        }
        return nil
    }
}
