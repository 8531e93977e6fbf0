// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// The messages of devices that are not passed through, as they were read from time to time.
struct HostedMessages: Sendable {
    /// One reading of a device.
    struct Reading: Sendable {
        /// The step after which it was read; -1 before the first.
        let step: Int
        /// The step that gave the device back to its driver; nothing where it had it all along.
        let givenBack: Int?
        let messages: [ReadMessage]

        var lines: [RawLine] { messages.flatMap(\.lines) }
        var addresses: Set<MessageAddress> { Set(messages.map(\.message.address)) }
    }

    private(set) var readings: [PCIAddress: [Reading]] = [:]

    init(_ evidence: CaseEvidence, _ history: AttachmentHistory) {
        let names = Dictionary(
            evidence.record.devices.map { ($0.value, $0.key) },
            uniquingKeysWith: { first, _ in first })
        take(evidence.before, step: -1, nil, names)
        for (position, seen) in evidence.steps.enumerated() {
            take(seen, step: position, history.moments[position], names)
        }
        take(evidence.after, step: evidence.steps.count, history.moments.last, names)
    }

    private mutating func take(
        _ seen: StepEvidence, step: Int, _ moment: AttachmentHistory.Moment?,
        _ names: [PCIAddress: DeviceName]
    ) {
        for device in Set(seen.configuration.keys).union(seen.msixTables.keys) {
            let name = names[device]
            if let name, moment?.places[name] != nil { continue }
            let messages = seen.messages(ofHosted: device)
            guard !messages.isEmpty else { continue }
            readings[device, default: []].append(
                Reading(
                    step: step, givenBack: name.flatMap { moment?.hosted[$0] }, messages: messages))
        }
    }
}
