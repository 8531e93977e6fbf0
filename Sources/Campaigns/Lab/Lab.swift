// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The boards that there are, and how to reach them.
package struct Lab: Hashable, Sendable {
    package let name: LabName
    /// One line for a person.
    package let summary: String
    /// In the order of the file, names all different, never empty.
    package let boards: [Board]

    package init(name: LabName, summary: String, boards: [Board]) {
        self.name = name
        self.summary = summary
        self.boards = boards
    }

    /// The board of a name.
    package func board(_ name: BoardName) -> Board? { boards.first { $0.name == name } }
}

/// What a lab's name names.
package enum LabSubject {}
/// A lab.
package typealias LabName = Name<LabSubject>
