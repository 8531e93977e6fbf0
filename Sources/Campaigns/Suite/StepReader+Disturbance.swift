// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension StepReader {
    /// Reads one thing that is done while vectors ring: `{steer: a, every: 100}`.
    func disturbance(_ value: Value) -> Disturbance? {
        guard let reader = MappingReader<DisturbanceKey>(value, strange: Expecting.sentence) else {
            return nil
        }
        let deeds = DisturbanceKey.deeds.filter { reader[$0] != nil }
        guard deeds.count == 1, let deed = deeds.first, let body = reader[deed] else {
            let words = DisturbanceKey.deeds.map(\.rawValue).joined(separator: ", ")
            return value.complain(
                "one thing is done here, one of \(words)", as: Disturbance.self)
        }
        switch deed {
        case .storm: return storm(body, reader)
        case .overflow:
            reader.refuse([.every, .rounds], because: "an eventfd is filled once")
            return vector(body).map { Disturbance.overflow(device: $0.0, vector: $0.1) }
        case .kill:
            reader.refuse([.every, .rounds], because: "a process dies once")
            return body.name(ContainerName.self).map(Disturbance.kill)
        default: return repeated(deed, body, reader)
        }
    }

    private func repeated(
        _ deed: DisturbanceKey, _ body: Value, _ reader: MappingReader<DisturbanceKey>
    ) -> Disturbance? {
        reader.refuse([.rounds], because: "only a storm has rounds")
        let device = device(body)
        let every: UInt32? = reader.required(.every) { $0.count(1...1_000_000) }
        guard let device, let every else { return nil }
        switch deed {
        case .steer: return .steer(device, every: every)
        case .mask: return .mask(device, every: every)
        case .rearm: return .rearm(device, every: every)
        default: return .reset(device, every: every)
        }
    }

    private func storm(
        _ body: Value, _ reader: MappingReader<DisturbanceKey>
    ) -> Disturbance? {
        reader.refuse([.every], because: "a storm has a thread of its own; say its 'rounds'")
        let rounds: UInt32 = reader.optional(.rounds, default: 1000) { $0.count(1...5_000) }
        return range(body).map {
            Disturbance.storm(container: $0.0, at: $0.1, size: $0.2, rounds: rounds)
        }
    }
}
