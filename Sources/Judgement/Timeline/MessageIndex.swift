// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Every message that was read of an armed device, found by step and by device.
struct MessageIndex: Sendable {
    /// In the order of the steps after which they were read.
    private(set) var all: [SeenMessage] = []
    private var ranges: [Range<Int>] = []
    /// For each device the steps after which its messages were read.
    private var readings: [DeviceName: [Int]] = [:]

    init(_ steps: [JudgedStep], _ history: AttachmentHistory, _ devices: [DeviceName: PCIAddress]) {
        var expected: [PCIAddress: [VectorIndex: VectorExpectation]] = [:]
        ranges.reserveCapacity(steps.count)
        for step in steps {
            if let armed = step.armedDevice.flatMap({ devices[$0] }) { expected[armed] = [:] }
            for vector in step.expected.messages {
                expected[vector.device, default: [:]][vector.vector] = vector
            }
            let start = all.count
            let moment = history.moments[step.position]
            for (name, arming) in moment.armed.sorted(by: { $0.key < $1.key }) {
                guard let device = devices[name], !moment.disturbed.contains(name) else { continue }
                let found = step.seen.messages(of: device, arming: arming)
                if !found.isEmpty { readings[name, default: []].append(step.position) }
                all += found.map { read in
                    SeenMessage(
                        device: device, name: name, kind: arming.kind, vector: read.vector,
                        message: read.message, arming: arming.step, step: step.position,
                        domain: moment.places[name],
                        expected: expected[device]?[read.vector], lines: read.lines)
                }
            }
            ranges.append(start..<all.count)
        }
    }

    /// The messages that were read after a step.
    func read(after step: Int) -> ArraySlice<SeenMessage> {
        ranges.indices.contains(step) ? all[ranges[step]] : []
    }

    /// The messages that were read right after a step armed them.
    func armed(by step: Int) -> [SeenMessage] { read(after: step).filter { $0.arming == step } }

    /// The last messages of a device that were read before a step.
    func last(of device: DeviceName, before step: Int) -> [SeenMessage] {
        let steps = readings[device] ?? []
        let place = Self.count(of: steps, below: step)
        return place > 0 ? of(device, readAfter: steps[place - 1]) : []
    }

    /// The first messages of a device that were read after a step.
    func first(of device: DeviceName, from step: Int) -> [SeenMessage] {
        let steps = readings[device] ?? []
        let place = Self.count(of: steps, below: step)
        return place < steps.count ? of(device, readAfter: steps[place]) : []
    }

    private func of(_ device: DeviceName, readAfter step: Int) -> [SeenMessage] {
        read(after: step).filter { $0.name == device }
    }

    private static func count(of steps: [Int], below step: Int) -> Int {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle] < step { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
