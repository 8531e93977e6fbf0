// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Plans of traffic: the streams, and what is done meanwhile.
extension StepReader {
    func traffic(_ body: Value) -> Step? {
        guard let reader = MappingReader<TrafficKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let count: UInt32? = reader.required(.count) { $0.count(1...1_000_000) }
        let streams = reader.optional(.streams, default: [TrafficPlan.Stream]?.none, self.streams)
        let order = order(reader)
        let meanwhile = reader.optional(.meanwhile, default: []) { $0.list(of: disturbance) }
        // What stands there but could not be read has a complaint of its own.
        guard let count, let order else { return nil }
        return .traffic(
            TrafficPlan(count: count, streams: streams, order: order, meanwhile: meanwhile))
    }

    /// `all`, or a list; the outer level of the answer tells whether it could be read.
    private func streams(_ value: Value) -> [TrafficPlan.Stream]?? {
        if value.word == "all" { return .some(nil) }
        guard let streams = value.list(of: stream) else { return nil }
        guard !streams.isEmpty else {
            return value.complain(
                "the plan has no streams; write at least one, or all",
                as: [TrafficPlan.Stream]?.self)
        }
        return streams
    }

    private func stream(_ value: Value) -> TrafficPlan.Stream? {
        guard let reader = MappingReader<StreamKey>(value, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let vectors = reader.optional(.vectors, default: [VectorIndex]?.none, vectors)
        let rate = reader.optional(.rate) { $0.rate() }
        // An NVMe queue has room for 63 commands that nobody has answered.
        let burst: UInt32 = reader.optional(.burst, default: 1) { $0.count(1...60) }
        guard let device else { return nil }
        return TrafficPlan.Stream(device: device, vectors: vectors, rate: rate, burst: burst)
    }

    private func vectors(_ value: Value) -> [VectorIndex]?? {
        if value.word == "all" { return .some(nil) }
        let numbers = value.list { item in
            item.vector().map { VectorIndex(rawValue: $0) }
        }
        guard let numbers else { return nil }
        guard !numbers.isEmpty else {
            return value.complain(
                "the stream has no vectors; write at least one, or all", as: [VectorIndex]?.self)
        }
        return numbers
    }

    private func order(_ reader: MappingReader<TrafficKey>) -> TrafficPlan.Order? {
        let word = reader.optional(.order, default: .turns) { $0.choice(OrderWord.self) }
        let seed: UInt64? = reader.optional(.seed) { $0.count(0...UInt64.max) }
        guard word == .random else {
            reader.refuse([.seed], because: "only a random order is drawn by a seed")
            return word == .together ? .together : .turns
        }
        guard reader[.seed] != nil else {
            return reader.value.complain(
                "a random order needs a 'seed', so that it can be had again",
                as: TrafficPlan.Order.self)
        }
        return seed.map(TrafficPlan.Order.random)
    }
}

/// The words for the order in which vectors ring.
private enum OrderWord: String, CaseIterable {
    case turns, together, random
}

extension Value {
    /// Reads how often a second: `500/s`.
    fileprivate func rate() -> UInt32? {
        guard let text = text("a rate like 500/s") else { return nil }
        guard text.hasSuffix("/s"), let number = UInt32(text.dropLast(2)) else {
            return complain(
                "'\(shortened(text))' is no rate; write raises in a second: 500/s", as: UInt32.self)
        }
        guard (1...1_000_000).contains(number) else {
            return complain(
                "the rate is out of bounds; write 1/s to 1000000/s, or leave 'rate' out for as "
                    + "fast as raises are answered", as: UInt32.self)
        }
        return number
    }
}
