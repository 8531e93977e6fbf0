// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// Which kernel a board is to boot.
package enum KernelRecipe: Sendable, Hashable {
    /// The newest kernel of a series that Debian publishes for arm64.
    /// - Parameter flavour: `16k` for 16 KiB pages; empty for the usual one.
    case debian(series: String, flavour: String)
    /// A kernel that somebody built.
    /// - Parameter modules: its `lib/modules/RELEASE`; nothing when all that a board needs is
    ///   built in.
    case files(image: FilePath, modules: FilePath?)

    /// Reads a name: `debian-6.1`, `debian-6.12`, `debian-6.12-16k`; nothing for another form.
    package init?(name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts[0] == "debian" else { return nil }
        let numbers = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers.allSatisfy({ UInt($0) != nil }) else { return nil }
        let flavour = parts.count == 3 ? parts[2] : ""
        guard flavour.isEmpty && parts.count == 2 || flavour == "16k" else { return nil }
        self = .debian(series: String(parts[1]), flavour: String(flavour))
    }
}

/// The names of Debian's kernel packages.
package struct KernelPackageName: Comparable {
    package let text: String
    /// Every number in the version, in order: `6.1.0-56` is 6, 1, 0, 56.
    private let numbers: [UInt]

    /// Takes a name; nothing unless it is the plain, signed kernel of that series and flavour.
    ///
    /// Names look like `linux-image-6.1.0-56-arm64` and `linux-image-6.12.117+deb12-arm64-16k`.
    package init?(_ text: String, series: String, flavour: String) {
        let (head, tail) = ("linux-image-", flavour.isEmpty ? "-arm64" : "-arm64-\(flavour)")
        guard text.hasPrefix(head + series + "."), text.hasSuffix(tail) else { return nil }
        let version = text.dropFirst(head.count).dropLast(tail.count)
        // A word between version and architecture names another kernel: rt, cloud.
        let words = version.split(separator: "-").dropFirst()
        guard words.allSatisfy({ UInt($0) != nil }) else { return nil }
        self.text = text
        numbers = version.split { !$0.isASCII || !$0.isNumber }.compactMap { UInt($0) }
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    /// The newest of the names that fit.
    package static func newest(among names: [String], series: String, flavour: String) -> String? {
        names.compactMap { KernelPackageName($0, series: series, flavour: flavour) }.max()?.text
    }
}
