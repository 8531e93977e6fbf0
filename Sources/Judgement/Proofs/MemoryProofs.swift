// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// An access at an IOVA that the suite names.
    func memory(_ act: Act) -> Told {
        if let memory = act.seen.memory { return reached(act, memory) }
        let was = wasMapped(act) ? "what was mapped there before is out of reach" : nil
        return refusal(
            act, lesson: was ?? "a device reaches only what is mapped for it",
            otherwise: "no fault was seen, although nothing is mapped there")
    }

    private func reached(_ act: Act, _ memory: UInt32) -> Told {
        guard act.seen.value == memory else {
            return (.open, "the user's memory holds another value there")
        }
        return act.transfer.direction == .write
            ? (.proved, "the user's memory holds it: what is mapped can be written")
            : (.proved, "it got what the user's memory holds: what is mapped can be read")
    }

    /// What came of an access that is, or is not, to be refused.
    func refusal(
        _ act: Act, lesson: String, otherwise: String, provesOtherwise: Bool = false
    ) -> Told {
        let reading = faults.during(act.step.position)
        switch reading.hasFault {
        case true?:
            let silence = act.transfer.direction == .write ? " and nothing arrived" : ""
            return (.proved, "the SMMU refused it\(silence): \(lesson)")
        case false?: return (provesOtherwise ? .proved : .open, otherwise)
        case nil:
            return (.open, "whether the SMMU refused it was not seen, for \(reading.blindness)")
        }
    }

    /// A device that may issue no requests.
    func silence(_ act: Act) -> Told {
        let reading = faults.during(act.step.position)
        guard act.arrived == 0, reading.hasFault != true else {
            return (.proved, "something came of it, although it is no bus master")
        }
        guard reading.hasFault == false else {
            return (.open, "nothing arrived; of faults nothing can be said: \(reading.blindness)")
        }
        return (
            .proved,
            "nothing arrived and nothing faulted: a device that is no bus master reaches nothing"
        )
    }

    /// Whether the address led somewhere earlier in the case: to user memory, or to a doorbell.
    private func wasMapped(_ act: Act) -> Bool {
        let isUsers = steps[..<act.step.position].contains { step in
            step.record.succeeded
                && step.mapRange(board.pageSize)?.contains(act.seen.address) == true
        }
        return isUsers
            || (0..<act.step.position).contains { earlier in
                armingMaps(during: earlier).contains {
                    $0.map?.range.contains(act.seen.address) == true
                }
            }
    }
}
