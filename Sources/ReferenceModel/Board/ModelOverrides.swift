// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Wrong turns taken on purpose, to prove that a wrong model is found out.
package struct ModelOverrides: Sendable, Hashable, Codable {
    package var windowBase: IOVA?
    package var generation: Generation?

    package init(windowBase: IOVA? = nil, generation: Generation? = nil) {
        self.windowBase = windowBase
        self.generation = generation
    }

    package static let none = ModelOverrides()
}
