// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let controllerSeesMessages = Invariant(
        id: .observer(4), name: "controller-sees-messages",
        statement:
            "The interrupt controller is given each message that the SMMU lets through, and no eventfd counts more than it was given.",
        generations: .observable, needs: [.messages, .observer],
        reason:
            "a write to GITS_TRANSLATER or V2M_MSI_SETSPI_NS is an interrupt, GICv3 12.19, GICv2m 4"
    ) { judged in
        var seen = Observations(.observer(4))
        for (step, ringing) in judged.ringings {
            guard let given = judged.given(ringing, at: step, &seen) else { continue }
            seen.check(
                ringing.arrived &+ ringing.spurious <= given.own.count, step.record.subject,
                expected: "at most \(given.own.count) signals, for as many messages came",
                observed: "\(ringing.arrived &+ ringing.spurious) signals on the eventfd",
                basis: Basis.law, lines: given.own.lines + step.record.callLines)
            guard let sent = judged.sent(by: ringing.device, at: step) else { continue }
            seen.check(
                sent.count == given.all.count, step.record.subject,
                expected: "\(sent.count) messages, as the SMMU has let through",
                observed: "\(given.all.count) messages at the interrupt controller",
                basis: Basis.law, lines: sent.lines + given.all.lines)
        }
        return seen
    }
}

private typealias Sightings = (count: UInt64, lines: [RawLine])

extension JudgedCase {
    /// What the controller was given by a device: all that it has sent, and that of the vector.
    fileprivate func given(
        _ ringing: RingRecord, at step: JudgedStep, _ seen: inout Observations
    ) -> (own: Sightings, all: Sightings)? {
        let messages = messages.read(after: step.position).filter { $0.device == ringing.device }
        guard let own = messages.first(where: { $0.vector == ringing.vector }) else {
            seen.cannotSee("no message of \(ringing.device) was read when it rang")
            return nil
        }
        let hasITS = board.doorbell(of: ringing.device)?.kind == .its
        let point = hasITS ? ObserverPoint.message : ObserverPoint.line
        if let reason = step.blindness(of: point) {
            seen.cannotSee(reason)
            return nil
        }
        let device = DeviceID(of: ringing.device, on: board).rawValue
        let data = Set(messages.map(\.message.data))
        func count(_ data: Set<UInt32>) -> Sightings {
            step.sightings { event in
                switch event {
                case .arrived(device, let found): hasITS && data.contains(found)
                case .line(let line, isHigh: true): !hasITS && data.contains(line.rawValue)
                default: false
                }
            }
        }
        return (count([own.message.data]), count(data))
    }

    /// What the SMMU has let through to the doorbell; nothing where it does not tell.
    fileprivate func sent(by device: PCIAddress, at step: JudgedStep) -> Sightings? {
        guard let stream = stream(of: device),
            step.blindness(of: ObserverPoint.translation) == nil
        else { return nil }
        return step.sightings { event in
            guard case .translated(stream, _, let to) = event else { return false }
            return board.doorbellPages.contains(to.page(of: board.pageSize))
        }
    }
}

extension DeviceID {
    /// The DevID of a function, as firmware says.
    init(of device: PCIAddress, on board: BoardFacts) {
        self = board.topology.routes[device]?.device ?? DeviceID(of: device)
    }
}
