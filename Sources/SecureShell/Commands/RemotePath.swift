// SPDX-License-Identifier: GPL-3.0-or-later

/// A path on a board, which the compiler does not let us open on this machine.
package struct RemotePath: Hashable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    package let description: String

    package init(_ text: String) { description = text }
    package init(stringLiteral text: String) { description = text }

    /// Adds one component.
    package func appending(_ component: String) -> RemotePath {
        RemotePath(
            description.hasSuffix("/") ? description + component : "\(description)/\(component)")
    }

    /// The path as an argument that no program takes for an option.
    var argument: String { description.hasPrefix("-") ? "./\(description)" : description }
}
