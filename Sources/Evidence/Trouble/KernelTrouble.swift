// SPDX-License-Identifier: GPL-3.0-or-later

/// One trouble, found on a console.
package struct KernelTrouble: Sendable, Hashable, Codable {
    package let kind: TroubleKind
    /// What happened and in which function, without anything that differs from boot to boot.
    ///
    /// Two troubles of the same kind have the same title: no addresses, CPUs, tasks or times.
    package let title: String
    /// The number of the console's line that says so, from 0; for silence the line that was next.
    package let line: Int
    /// That line as the kernel wrote it, without stamps and control characters.
    package let text: String

    package init(kind: TroubleKind, title: String, line: Int, text: String) {
        self.kind = kind
        self.title = title
        self.line = line
        self.text = text
    }
}

extension KernelTrouble: CustomStringConvertible {
    package var description: String { "\(kind.rawValue): \(title)" }
}

extension Sequence<KernelTrouble> {
    /// What a kernel died of: the oops that a panic names as its reason, or else the fatal trouble.
    package var death: KernelTrouble? {
        var oops: KernelTrouble?
        for trouble in self {
            if trouble.kind == .oops || trouble.kind == .bug { oops = trouble }
            guard trouble.kind.isFatal else { continue }
            // panic("Oops: Fatal exception") and its like, at the end of die() (arch/arm64, 6.12).
            return trouble.text.contains("not syncing: Oops") ? oops ?? trouble : trouble
        }
        return nil
    }
}
