// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import ReferenceModel

extension Generation {
    /// Reads a generation of the command line.
    /// - Throws: `UnknownName` with the names that there are.
    init(named name: String) throws(UnknownName) {
        guard let generation = Generation(rawValue: name) else {
            throw UnknownName(
                noun: "generation", name: name, place: "the model",
                known: Generation.allCases.map(\.rawValue))
        }
        self = generation
    }
}
