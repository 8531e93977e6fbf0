// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Vocabulary

extension Mutation {
    /// For each invariant a lack of evidence that hides it.
    static let blinding: [Mutation] =
        [2, 4, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 43, 44, 71].map(withoutTrace)
        + [withoutTrace(.call(3))] + [1, 6, 7, 34].map(withoutMessages) + single

    private static func withoutTrace(_ number: Int) -> Mutation { withoutTrace(.msi(number)) }

    private static func withoutTrace(_ invariant: InvariantID) -> Mutation {
        Mutation(invariant, "no trace") { $0.drop(.trace) }
    }

    private static func withoutMessages(_ number: Int) -> Mutation {
        Mutation(.msi(number), "no registers were read") {
            $0.drop(.configuration)
            $0.drop(.msix)
        }
    }

    private static let single: [Mutation] = [
        Mutation(.msi(3), "no registers were read") {
            $0.expectIdentity()
            $0.drop(.configuration)
            $0.drop(.msix)
        },
        Mutation(.msi(5), "the second doorbell's map is not in the trace") {
            try $0.addSecondDoorbell()
        },
        Mutation(.msi(29), "no reserved regions") { $0.drop(.reserved) },
        Mutation(.msi(31), "the maps were not made") {
            $0.record.steps[6].notDone = "power was lost"
            $0.record.steps[7].notDone = "power was lost"
        },
        Mutation(.msi(59), "nothing was attached", story: "deny") {
            $0.record.steps[1].notDone = "power was lost"
        },
        Mutation(.msi(65), "no counts") { $0.drop(.interrupts) },
        Mutation(.msi(66), "nothing was rung") { story in
            for index in story.record.steps.indices { story.record.steps[index].ringing = nil }
        },
        Mutation(.msi(69), "no reserved regions") { $0.drop(.reserved) },
        Mutation(.msi(72), "neither regions nor ranges") { story in
            story.drop(.reserved)
            for index in story.record.steps.indices { story.record.steps[index].iovaRanges = nil }
        },
        Mutation(.call(1), "no step was carried out", story: "deny") { story in
            for index in story.record.steps.indices {
                story.record.steps[index].notDone = "power was lost"
            }
        },
        Mutation(.call(2), "no size was recorded") { story in
            for index in story.record.steps.indices { story.record.steps[index].unmapped = nil }
        },
        Mutation(.log(1), "no log") { $0.drop(.log) },
    ]
}
