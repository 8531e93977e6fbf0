// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell

/// A file that lies in a board's persistent store, or where systemd puts what lay there.
package struct PersistentFile: Sendable, Hashable {
    package let path: RemotePath
    /// The path below the folder: `dmesg-efi-1700000000001`.
    package let name: String
    /// SHA-256 of its bytes, in hex: stores give a name again when its record is gone.
    package let hash: String
    /// Whether it is in the kernel's own store, whose few records are freed once they are kept.
    package let isInStore: Bool

    /// What the archive calls it.
    package var evidenceName: String {
        let word = name.map { $0 == "/" ? "." : String($0) }.joined()
        return "pstore.\(isInStore ? "" : "systemd.")\(word).txt"
    }

    /// Reads a line of `sha256sum`; nothing for a file below no such folder, or with odd characters,
    /// which is no record of the kernel's (fs/pstore/inode.c).
    package init?(_ line: Substring, store: RemotePath, keeper: RemotePath) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2, words[0].utf8.count == 64 else { return nil }
        let path = words[1].drop { $0 == " " || $0 == "*" }
        guard let folder = [store, keeper].first(where: { path.hasPrefix($0.text + "/") }) else {
            return nil
        }
        let name = path.dropFirst(folder.text.utf8.count + 1)
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "._-/".utf8.contains(byte)
            }
        }
        guard isPlain, (1...150).contains(name.utf8.count), !name.hasPrefix(".") else { return nil }
        self.path = RemotePath(String(path))
        (self.name, hash, isInStore) = (String(name), words[0], folder == store)
    }
}
