// SPDX-License-Identifier: GPL-3.0-or-later

/// A path on a board.
///
/// A type of its own, so that the compiler refuses to open a board's path on this machine.
package struct RemotePath: Hashable, Sendable, CustomStringConvertible,
    ExpressibleByStringInterpolation
{
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral text: String) { self.text = text }

    package var description: String { text }

    /// The path one or more components further down: `appending("per_cpu/cpu0")`.
    package func appending(_ components: String) -> RemotePath {
        RemotePath(text.hasSuffix("/") ? text + components : "\(text)/\(components)")
    }

    /// The path as an argument that no program takes for an option.
    var argument: String { text.hasPrefix("-") ? "./\(text)" : text }
}
