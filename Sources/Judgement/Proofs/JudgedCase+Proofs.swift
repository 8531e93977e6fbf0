// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// What the case has shown of devices that write and read by themselves, and of interrupts that
    /// none of them made; a step of which no account was kept has shown nothing.
    var proofs: [Proof] {
        guard !isMismatched else { return [] }
        return steps.compactMap { step in
            guard step.record.notDone == nil else { return nil }
            switch step.record.step {
            case .loopback(let name, _, _): return loopbackProof(step, name)
            case .transfer(let name, let transfer): return proof(of: transfer, by: name, step)
            default: return nil
            }
        }
    }

    private func loopbackProof(_ step: JudgedStep, _ name: DeviceName) -> Proof? {
        guard let ring = step.record.ringing else { return nil }
        return Proof(
            step: step.record.index, weight: .synthetic,
            sentence: "VFIO itself signalled \(ring.vector) of \(name) \(times(ring.arrived)): no "
                + "doorbell was rung, which proves nothing of a mapping.")
    }

    private func proof(
        of transfer: Transfer, by name: DeviceName, _ step: JudgedStep
    ) -> Proof? {
        guard let seen = step.record.transfer else { return nil }
        let act = Act(name: name, transfer: transfer, seen: seen, step: step)
        let (weight, outcome) = isSilenced(name, at: step.position) ? silence(act) : told(act)
        return Proof(
            step: step.record.index, weight: weight, sentence: "\(act.beginning): \(outcome).")
    }

    private func told(_ act: Act) -> Told {
        switch (act.transfer.target, act.transfer.direction) {
        case (.physicalDoorbell, _): physicalDoorbell(act)
        case (.doorbell, .read): doorbellRead(act)
        case (.doorbell, .write): doorbellWrite(act)
        case (.memory, _): memory(act)
        }
    }

    /// Whether a device was told to issue no requests, and not told otherwise since.
    private func isSilenced(_ name: DeviceName, at position: Int) -> Bool {
        let last = steps[..<position].last { step in
            switch step.record.step {
            case .busMaster(name, _), .attach(name, _), .reset(name): step.record.notDone == nil
            default: false
            }
        }
        return if case .busMaster(_, false)? = last?.record.step { true } else { false }
    }
}

/// What a proof says, and how far it goes.
typealias Told = (weight: Proof.Weight, words: String)

/// What a device did by itself, and what is known of it.
struct Act: Sendable {
    let name: DeviceName
    let transfer: Transfer
    let seen: TransferRecord
    let step: JudgedStep

    /// How many signals came on all eventfds.
    var arrived: UInt64 { seen.signals.reduce(0) { $0 + $1.count } }

    /// The act itself: "a wrote the message of b vector 0 to its doorbell's IOVA".
    var beginning: String {
        let target = transfer.target
        let place = if case .memory = target { "\(seen.address)" } else { "\(target)" }
        guard transfer.direction == .write else { return "\(name) read four bytes at \(place)" }
        guard case .message(let owner, let vector) = transfer.value else {
            return "\(name) wrote \(transfer.value.map { "\($0)" } ?? "four bytes") to \(place)"
        }
        let whose =
            owner == name ? "its own message of \(vector)" : "the message of \(owner) \(vector)"
        return "\(name) wrote \(whose) to \(place)"
    }
}

/// How often, for people: "once", "3 times".
func times(_ count: UInt64) -> String { count == 1 ? "once" : "\(count) times" }
