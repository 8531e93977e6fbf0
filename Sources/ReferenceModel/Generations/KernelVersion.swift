// SPDX-License-Identifier: GPL-3.0-or-later

/// The version of a kernel as `uname -r` begins.
package struct KernelVersion: Sendable, Hashable, Comparable, Codable {
    package let major: Int
    package let minor: Int

    package init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `6.1.0-56-arm64` or `6.12`; nothing when it does not begin with two numbers.
    package init?(release: String) {
        let parts = release.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        let digits = parts[1].prefix { ("0"..."9").contains($0) }
        guard parts[0].allSatisfy({ ("0"..."9").contains($0) }), let major = Int(parts[0]),
            let minor = Int(digits)
        else { return nil }
        self.init(major: major, minor: minor)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension KernelVersion: CustomStringConvertible {
    package var description: String { "\(major).\(minor)" }
}
