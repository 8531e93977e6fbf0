// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

extension TreeListing {
    /// Everything in it, a line for each file: a tree has 80,000, and they are read before each build.
    var text: [UInt8] {
        var text: [UInt8] = []
        for (path, mark) in files.sorted(by: { $0.key < $1.key }) {
            text += path.utf8
            text += "\0\(mark.size) \(mark.seconds).\(mark.nanoseconds) \(mark.link ?? "")\n".utf8
        }
        return text
    }

    /// Reads such a text; nothing where a line of it is none.
    init?(text: [UInt8]) {
        guard text.last == UInt8(ascii: "\n") else { return nil }
        var files: [String: Mark] = [:]
        for line in text.dropLast().split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        {
            guard let end = line.firstIndex(of: 0), let mark = Mark(line[(end + 1)...]) else {
                return nil
            }
            files[String(decoding: line[..<end], as: UTF8.self)] = mark
        }
        self.init(files: files)
    }

    /// Reads what was kept of a tree; nothing where nothing was, or it is damaged.
    init?(in file: FilePath) {
        guard let bytes = Cabinet.bytes(file) else { return nil }
        self.init(text: bytes)
    }
}

extension TreeListing.Mark {
    /// Reads `size seconds.nanoseconds link`.
    fileprivate init?(_ text: ArraySlice<UInt8>) {
        let words = text.split(
            separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3 else { return nil }
        let time = words[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let numbers = ([words[0]] + time).map { Int64(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 3, let size = numbers[0], let seconds = numbers[1],
            let nanoseconds = numbers[2]
        else { return nil }
        let link = words[2].isEmpty ? nil : String(decoding: words[2], as: UTF8.self)
        self.init(size: size, seconds: seconds, nanoseconds: nanoseconds, link: link)
    }
}
