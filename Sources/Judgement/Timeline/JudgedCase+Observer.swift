// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// An access of a device of the case, as the SMMU itself has seen it.
struct SeenAccess: Sendable {
    /// In whose hands the device was.
    enum Place: Sendable {
        /// In one domain from before the step to its end.
        case inside(DomainLife)
        /// In none, before and after.
        case outside
        /// It came or went meanwhile, so that nobody knows whose access it was.
        case between
    }

    let step: JudgedStep
    let device: PCIAddress
    let name: DeviceName
    let place: Place
    let from: IOVA
    let to: PhysicalAddress
    let record: ObserverRecord

    var domain: DomainLife? { if case .inside(let domain) = place { domain } else { nil } }
    var subject: String { "\(device) at \(from) during \(step.record.subject)" }
    /// What the SMMU did, in words.
    var deed: String { "the SMMU led it to \(to), \(record.count) times" }
}

extension JudgedCase {
    /// Every translation of a device of the case, step by step.
    var accesses: [SeenAccess] {
        let names = devicesByStream
        return steps.flatMap { step in
            (step.seen.observer?.records ?? []).compactMap { record in
                guard case .translated(let stream, let from, let to) = record.event,
                    let (name, device) = names[stream]
                else { return nil }
                return SeenAccess(
                    step: step, device: device, name: name, place: place(of: name, during: step),
                    from: from, to: to, record: record)
            }
        }
    }

    /// Where a device is while a step runs.
    func place(of device: DeviceName, during step: JudgedStep) -> SeenAccess.Place {
        let before = step.position > 0 ? history.moments[step.position - 1].places[device] : nil
        let after = history.moments[step.position].places[device]
        guard before == after else { return .between }
        return after.map { .inside($0) } ?? .outside
    }

    private var devicesByStream: [UInt32: (name: DeviceName, device: PCIAddress)] {
        var found: [UInt32: (name: DeviceName, device: PCIAddress)] = [:]
        for (name, device) in evidence.record.devices {
            if let stream = stream(of: device) { found[stream] = (name, device) }
        }
        return found
    }

    /// Under which number the SMMU knows a device.
    func stream(of device: PCIAddress) -> UInt32? { board.topology.streams[device]?.stream }

    /// The steps in which a device itself was made to ring, and did.
    var ringings: [(step: JudgedStep, ringing: RingRecord)] {
        steps.compactMap { step in
            guard let ringing = step.record.ringing, ringing.isSynthetic != true,
                step.record.notDone == nil, ringing.raised > 0
            else { return nil }
            return (step, ringing)
        }
    }
}

extension JudgedStep {
    /// Why nothing can be said of what a trace point tells; nothing where it was on.
    func blindness(of point: String) -> String? {
        guard let window = seen.observer else { return "nobody looked from outside during a step" }
        return window.points.contains(point) ? nil : "QEMU's trace point \(point) was not on"
    }

    /// How often something was seen from outside during the step, with the lines that say so.
    func sightings(
        of isIt: (ObserverEvent) -> Bool
    ) -> (count: UInt64, lines: [RawLine]) {
        let found = (seen.observer?.records ?? []).filter { isIt($0.event) }
        return (found.reduce(0) { $0 &+ $1.count }, found.prefix(4).map(\.line))
    }
}

/// The trace points on which invariants rest.
enum ObserverPoint {
    static let translation = "smmuv3_translate_success"
    static let message = "gicv3_its_translation_write"
    static let event = "gicv3_its_cmd_mapti"
    static let line = "gic_set_irq"
    static let forgetting = "smmuv3_s1_range_inval"
    static let fault = "smmuv3_record_event"
}
