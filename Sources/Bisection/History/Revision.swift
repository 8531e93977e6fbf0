// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// One point of a history: a commit's hash, a patch's file, a kernel's version, an option.
package struct Revision: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }
}

extension Revision: ArchivedText {
    package init?(archived text: String) {
        guard !text.isEmpty else { return nil }
        self.init(text)
    }

    package var archived: String { text }
    package static var noun: String { "a revision" }
}

/// What tells two binaries apart, as the caller proves it: a build ID, a hash of an image.
package struct BinaryIdentity: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }
}

extension BinaryIdentity: ArchivedText {
    package init?(archived text: String) {
        guard !text.isEmpty else { return nil }
        self.init(text)
    }

    package var archived: String { text }
    package static var noun: String { "a binary's identity" }
}
