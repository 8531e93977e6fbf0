// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// An IOVA space of a case, and what lies in it after each step that changes it.
struct SpaceHistory {
    let name: String
    private(set) var moments: [SpaceMoment] = []
    private var told: Set<String> = []

    init(name: String) { self.name = name }

    /// Adds what lies there after a step, unless neither that nor where messages go is new.
    mutating func note(
        _ pieces: [SpacePiece], messages: [String] = [], after step: StepExpectation
    ) {
        let last = moments.last?.pieces ?? []
        let fresh = messages.filter { told.insert($0).inserted }
        if Set(last) == Set(pieces), fresh.isEmpty { return }
        moments.append(
            SpaceMoment(
                step: step.index, text: "\(step.step)", pieces: pieces, messages: fresh))
    }
}

/// What lies in a space after a step.
struct SpaceMoment {
    let step: Int
    /// The step in words.
    let text: String
    let pieces: [SpacePiece]
    /// Where the messages of devices go that were armed in the step.
    let messages: [String]
}

/// Something that takes a run of IOVAs.
struct SpacePiece: Hashable {
    enum Kind: Hashable, Comparable {
        /// Kept from user maps for doorbells: the software window, or the hardware's.
        case kept
        /// The user's memory.
        case user
        case doorbell
        /// What the kernel refused in this step, and with which errno.
        case refused
    }

    let kind: Kind
    let range: IOVARange
    /// The physical page of a doorbell, the errno of a refusal.
    var note: String = ""
}
