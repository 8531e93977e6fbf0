// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let eventIsMapped = Invariant(
        id: .observer(7), name: "event-is-mapped",
        statement:
            "The ITS was told of each event that an armed vector's message names, and not to drop it since.",
        generations: .observable, needs: [.messages, .observer],
        reason: "its_irq_domain_activate sends MAPTI, irq-gic-v3-its.c, 6.1"
    ) { judged in
        var seen = Observations(.observer(7))
        var known = MappedEvents(judged.evidence.before.observer)
        for step in judged.steps {
            known.take(step.seen.observer)
            for message in judged.messages.read(after: step.position)
            where judged.board.doorbell(of: message.device)?.kind == .its {
                if let reason = step.blindness(of: ObserverPoint.event) {
                    seen.cannotSee(reason)
                    continue
                }
                let device = DeviceID(of: message.device, on: judged.board)
                seen.check(
                    known.has(device, message.message.data), message.subject,
                    expected: "that the ITS knows event \(message.message.data) of \(device)",
                    observed: "no MAPTI of it that stands", basis: Basis.law,
                    lines: message.lines + known.lines(of: device))
            }
        }
        return seen
    }
}

/// The events of which the kernel has told the ITS, as far as the case has shown.
private struct MappedEvents {
    private var events: [UInt32: [UInt32: RawLine]] = [:]

    init(_ window: ObserverWindow?) { take(window) }

    mutating func take(_ window: ObserverWindow?) {
        for record in window?.records ?? [] {
            switch record.event {
            case .eventMapped(let device, let event, _):
                events[device, default: [:]][event] = record.line
            case .eventDiscarded(let device, let event): events[device]?[event] = nil
            case .deviceMapped(let device, _): events[device] = nil
            default: break
            }
        }
    }

    func has(_ device: DeviceID, _ event: UInt32) -> Bool {
        events[device.rawValue]?[event] != nil
    }

    func lines(of device: DeviceID) -> [RawLine] {
        (events[device.rawValue] ?? [:]).sorted { $0.key < $1.key }.prefix(4).map(\.value)
    }
}
