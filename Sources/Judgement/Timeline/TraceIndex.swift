// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// The agent's events, found by step and by domain without looking at all of them.
struct TraceIndex: Sendable {
    /// A doorbell's map that an unmap event took out.
    struct LostDoorbell: Sendable {
        let map: Int
        let unmap: Int
    }

    let events: [AttributedEvent]
    private(set) var byDomain: [DomainLife: [Int]] = [:]
    /// The domains that events belong to, in the order of their first event.
    private(set) var domains: [DomainLife] = []
    private(set) var doorbellMaps: [Int] = []
    private(set) var lostDoorbells: [LostDoorbell] = []
    private var byStep: [[Int]]
    private var timelines: [DomainLife: DoorbellTimeline] = [:]

    init(_ events: [AttributedEvent], steps: Int) {
        self.events = events
        byStep = Array(repeating: [], count: steps)
        for index in events.indices { take(index) }
    }

    private mutating func take(_ index: Int) {
        let event = events[index]
        guard let step = event.step else { return }
        byStep[step].append(index)
        if event.isDoorbellMap { doorbellMaps.append(index) }
        guard let domain = event.domain else { return }
        if byDomain[domain] == nil { domains.append(domain) }
        byDomain[domain, default: []].append(index)
        if event.isDoorbellMap {
            timelines[domain, default: DoorbellTimeline()].map(index, step: step)
        } else if let gone = event.removed {
            let lost =
                timelines[domain]?.unmap(step: step) {
                    events[$0].map?.range.overlaps(gone) ?? false
                } ?? []
            lostDoorbells += lost.map { LostDoorbell(map: $0, unmap: index) }
        }
    }

    /// The first event of which nobody can say which step made it: what rests on the trace is not
    /// observed then.
    var undecided: Damage? {
        events.first(where: \.isUndecided).map {
            Damage(.undecided, $0.line, expected: "a time that belongs to one step alone")
        }
    }

    /// The events of a step, in the trace's order.
    func during(_ step: Int) -> [AttributedEvent] {
        byStep.indices.contains(step) ? byStep[step].map { events[$0] } : []
    }

    func doorbellMaps(in domain: DomainLife) -> [AttributedEvent] {
        timelines[domain]?.maps.map { events[$0] } ?? []
    }

    /// The doorbell maps of a domain that are live once a step has ended.
    func liveDoorbells(in domain: DomainLife?, after step: Int) -> [AttributedEvent] {
        domain.flatMap { timelines[$0]?.live(after: step) }?.map { events[$0] } ?? []
    }
}
