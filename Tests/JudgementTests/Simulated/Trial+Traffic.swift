// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Testing
import Vocabulary

extension Trial {
    private static let armed = [Go.open(), Go.attach("d"), Go.arm("d", 2)]
    private static let zero = VectorIndex(rawValue: 0)

    /// What plans of traffic show, each beside the step that shows it alone.
    static let traffic: [Trial] = [
        Trial(
            66, Scene(armed + [Go.traffic("d")]),
            breaking: {
                $0.lane {
                    $0.arrived -= 1; $0.lost += 1
                }
            },
            blinding: { $0.record.steps[3].traffic = nil }),
        // A kernel that merges raises which were awaited has lost them.
        Trial(
            66, Scene(armed + [Go.traffic("d")]),
            breaking: {
                $0.lane {
                    $0.arrived -= 1; $0.merged += 1
                }
            },
            blinding: { $0.record.steps[3].traffic = nil }),
        Trial(
            66, Scene(armed + [Go.traffic("d", burst: 4)]),
            breaking: { $0.lane { $0.spurious = 1 } },
            blinding: { $0.record.steps[3].traffic = nil }),
        // An account that does not add up accuses somebody, if only the harness.
        Trial(
            66, Scene(armed + [Go.traffic("d", burst: 4)]),
            breaking: { $0.lane { $0.merged += 1 } },
            blinding: { $0.record.steps[3].traffic = nil }),
        Trial(
            66, Scene(armed + [Go.traffic("d", meanwhile: [overflow])]),
            breaking: { $0.lane { $0.overflowed = false } },
            blinding: { $0.record.steps[3].traffic = nil }),
        Trial(
            65, Scene(armed + [Go.traffic("d")]),
            breaking: { $0.lane { $0.arrived += 1 } },
            blinding: { $0.drop(.interrupts) }),
        Trial(
            65, Scene(armed + [Go.traffic("d", meanwhile: [.rearm(Go.name("d"), every: 8)])]),
            breaking: { $0.lane { $0.sinceArmed = 100 } },
            blinding: { $0.drop(.interrupts) }),
        Trial(
            11, Scene(armed + [Go.traffic("d", meanwhile: [.steer(Go.name("d"), every: 4)])]),
            breaking: { $0.editMSIX(step: 3) }, blinding: { $0.dropMessages() }),
        Trial(
            43, Scene(armed + [Go.traffic("d", meanwhile: [.rearm(Go.name("d"), every: 8)])]),
            breaking: { $0.editMSIX(step: 3) }, blinding: { $0.dropMessages() }),
        Trial(
            46, Scene(armed + [Go.traffic("d", meanwhile: [.reset(Go.name("d"), every: 8)])]),
            breaking: { $0.editMSIX(step: 3) }, blinding: { $0.drop(.trace) }),
        Trial(
            48, Scene(armed + [Go.traffic("d", meanwhile: [.kill(Go.name("c"))])]),
            prepare: { $0.add(.interrupts, "           CPU0\n", step: 3) },
            breaking: {
                $0.add(
                    .interrupts,
                    "           CPU0\n 30: 1 ITS-MSI 1 Edge vfio-msix[0](0000:03:00.0)\n", step: 3)
            },
            blinding: { $0.drop(.interrupts) }),
        Trial(
            33, Scene(armed + [Go.traffic("d", meanwhile: [storm])]),
            prepare: { $0.record.steps[3].traffic?.storm?.overlaps = 3 },
            breaking: { $0.lane { $0.lost = 1 } },
            blinding: { $0.record.steps[3].traffic?.storm?.overlaps = 0 }),
        Trial(
            .call(1), Scene(armed + [Go.traffic("d", meanwhile: [storm])]),
            breaking: { $0.record.steps[3].traffic?.storm?.unmaps = 0 },
            blinding: { story in
                for index in story.record.steps.indices {
                    story.record.steps[index].notDone = "power was lost"
                }
            }),
    ]

    private static let overflow = Disturbance.overflow(device: Go.name("d"), vector: zero)
    private static let storm = Disturbance.storm(
        container: Go.name("c"), at: Placement(base: IOVA(rawValue: 0x0800_0000), pages: -1),
        size: Extent(pages: 1), rounds: 5)
}

extension Story {
    /// Changes the account of the first vector of the plan in step 3.
    mutating func lane(_ change: (inout LaneRecord) -> Void) {
        guard var traffic = record.steps[3].traffic else { return }
        change(&traffic.lanes[0])
        record.steps[3].traffic = traffic
    }
}
