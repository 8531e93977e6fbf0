// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// What an option of a configuration is.
package enum OptionValue: Hashable, Sendable {
    /// `# CONFIG_X is not set`, or `n`.
    case off
    /// `y`, `m`, a number or a quoted text, as it stands behind the sign.
    case set(String)
}

/// An option as a line of a file states it (Documentation/kbuild/kconfig.rst).
package struct StatedOption: Hashable, Sendable, CustomStringConvertible {
    /// With its prefix: `CONFIG_VFIO`.
    package let name: String
    package let value: OptionValue
    /// The file as messages name it.
    package let file: String
    /// Counted from 1.
    package let line: Int

    package init(name: String, value: OptionValue, file: String, line: Int) {
        self.name = name
        self.value = value
        self.file = file
        self.line = line
    }

    package var description: String {
        switch value {
        case .off: "# \(name) is not set"
        case .set(let value): "\(name)=\(value)"
        }
    }
}

/// The options that one file states, in its order.
package struct OptionFile: Hashable, Sendable {
    package let options: [StatedOption]

    /// Reads a fragment or a whole `.config`.
    /// - Throws: `RecipeTrouble.badLine` for a line that is neither an option nor a remark.
    package init(_ text: String, file: String) throws(RecipeTrouble) {
        var options: [StatedOption] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = line.trimming(while: \.isWhitespace)
            if let (name, value) = Self.option(line) {
                let place = (file: file, line: index + 1)
                options.append(
                    StatedOption(name: name, value: value, file: place.file, line: place.line))
            } else if !line.isEmpty, !line.hasPrefix("#") {
                throw .badLine(
                    file: file, line: index + 1,
                    sentence: "'\(line.prefix(60))' is no option; write CONFIG_NAME=value or "
                        + "# CONFIG_NAME is not set")
            }
        }
        self.options = options
    }

    /// Reads a file.
    /// - Throws: `RecipeTrouble.unreadable`, `.badLine`.
    package init(reading path: FilePath, for kernel: KernelName) throws(RecipeTrouble) {
        let bytes = try RecipeFile.bytes(path, kernel: kernel)
        try self.init(String(decoding: bytes, as: UTF8.self), file: path.string)
    }

    private static func option(_ line: Substring) -> (String, OptionValue)? {
        let words = line.split(separator: " ")
        if words.count == 5, words[0] == "#", words[2...] == ["is", "not", "set"],
            isName(words[1])
        {
            return (String(words[1]), .off)
        }
        guard let sign = line.firstIndex(of: "="), isName(line[..<sign]) else { return nil }
        let value = line[line.index(after: sign)...]
        return (String(line[..<sign]), value == "n" ? .off : .set(String(value)))
    }

    private static func isName(_ word: Substring) -> Bool {
        word.hasPrefix("CONFIG_")
            && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}

extension Substring {
    fileprivate func trimming(while isBlank: (Character) -> Bool) -> Substring {
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
