// SPDX-License-Identifier: GPL-3.0-or-later

/// What a kernel's log gained between two readings of its ring buffer.
package struct KernelLogGrowth: Sendable, Hashable {
    /// The lines that are new, as the kernel wrote them.
    package let added: String
    /// Whether the ring ran over in between, so that lines may be missing before `added`.
    package let overran: Bool

    /// Compares two readings of the whole ring, the older one first.
    package init(from before: String, to after: String) {
        guard !before.isEmpty, !after.hasPrefix(before) else {
            added = String(after.dropFirst(before.count))
            overran = false
            return
        }
        // The ring dropped old lines: go on behind the last line that was read before.
        let last = before.split(separator: "\n").last ?? ""
        let lines = after.split(separator: "\n", omittingEmptySubsequences: false)
        if let place = lines.lastIndex(of: last) {
            added = lines[(place + 1)...].joined(separator: "\n")
            overran = false
        } else {
            added = after
            overran = true
        }
    }
}
