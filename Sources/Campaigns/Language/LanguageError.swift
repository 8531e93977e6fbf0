// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
package import Vocabulary

/// A lab, suite or kernel file that cannot be used, with everything that is wrong in it.
///
/// Its description is one line for each complaint, in the form that editors and CI understand:
/// `Suites/smoke.yaml:4:5: error: unknown key 'stpes'; did you mean 'steps'?`
package struct LanguageError: Blame, Hashable {
    /// The file as the user named it.
    package let file: String
    /// Never empty; in the order of the file.
    package let complaints: [Complaint]

    package init(file: String, complaints: [Complaint]) {
        self.file = file
        self.complaints = complaints
    }

    init(file: String, at position: SourcePosition? = nil, _ sentence: String) {
        self.init(file: file, complaints: [Complaint(position: position, sentence: sentence)])
    }

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: file, action: "be used",
            cause: complaints.map(\.description).joined(separator: "; "),
            remedy: "Correct the file; `doorbell check` tells whether it is right.")
    }

    package var description: String {
        complaints.map { complaint in
            let place = complaint.position.map { "\(file):\($0)" } ?? file
            return "\(place): error: \(complaint.sentence)"
        }.joined(separator: "\n")
    }
}

/// One thing that is wrong in a file.
package struct Complaint: Hashable, Sendable, CustomStringConvertible {
    /// Where it is; nothing when the file as a whole is meant.
    package let position: SourcePosition?
    /// What is wrong and what to write instead.
    package let sentence: String

    package var description: String {
        position.map { "\($0): \(sentence)" } ?? sentence
    }
}

/// Collects the complaints about one file while it is read.
final class ComplaintBook {
    private(set) var complaints: [Complaint] = []
    /// The folder that the file lies in; nothing where it was read from none.
    let folder: FilePath?

    init(folder: FilePath?) { self.folder = folder }

    func add(_ sentence: String, at position: SourcePosition) {
        let complaint = Complaint(position: position, sentence: sentence)
        // A value behind a YAML alias is read once for each use, but is wrong only once.
        if !complaints.contains(complaint) { complaints.append(complaint) }
    }

    var inOrder: [Complaint] {
        complaints.enumerated().sorted { left, right in
            let places = (left.element.position ?? .start, right.element.position ?? .start)
            return places.0 == places.1 ? left.offset < right.offset : places.0 < places.1
        }.map(\.element)
    }
}
