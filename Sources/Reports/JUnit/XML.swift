// SPDX-License-Identifier: GPL-3.0-or-later

/// An XML element that writes itself.
struct XML {
    let name: String
    let attributes: [(name: String, value: String)]
    var children: [XML] = []
    var text: String?

    init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], children: [XML] = [],
        text: String? = nil
    ) {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value) }
        self.children = children
        self.text = text
    }

    /// Renders the element and all in it, indented.
    func rendered(indent: String = "") -> String {
        let attributes = attributes.map {
            " \($0.name)=\"\(Self.escaped($0.value, quoted: true))\""
        }
        let start = "\(indent)<\(name)\(attributes.joined())"
        if let text { return "\(start)>\(Self.escaped(text))</\(name)>\n" }
        guard !children.isEmpty else { return "\(start)/>\n" }
        let inside = children.map { $0.rendered(indent: indent + "  ") }.joined()
        return "\(start)>\n\(inside)\(indent)</\(name)>\n"
    }

    /// Writes text so that every XML 1.0 reader takes it.
    ///
    /// Characters that XML 1.0 cannot hold at all (production 2, Char) are written as `\u{1b}`.
    static func escaped(_ text: String, quoted: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t":
                // A reader turns them into spaces inside of attributes (XML 1.0, 3.3.3).
                if quoted {
                    result += "&#\(scalar.value);"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            case _ where isAllowed(scalar): result.unicodeScalars.append(scalar)
            default: result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }

    /// Leaves out what production 2 forbids, and the C1 controls and DEL that it discourages.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7f, 0xa0...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
        default: false
        }
    }
}
