// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// Writes a plan of traffic as it stands in a suite file.
enum TrafficText {
    static func body(of plan: TrafficPlan) -> String {
        var parts = ["count: \(plan.count)"]
        if let streams = plan.streams {
            parts.append("streams: [\(streams.map(stream).joined(separator: ", "))]")
        }
        switch plan.order {
        case .turns: break
        case .together: parts.append("order: together")
        case .random(let seed): parts.append("order: random, seed: \(seed)")
        }
        if !plan.meanwhile.isEmpty {
            parts.append("meanwhile: [\(plan.meanwhile.map(disturbance).joined(separator: ", "))]")
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func stream(_ stream: TrafficPlan.Stream) -> String {
        let vectors = stream.vectors.map { vectors in
            "vectors: [" + vectors.map { "\($0.rawValue)" }.joined(separator: ", ") + "]"
        }
        let rate = stream.rate.map { "rate: \($0)/s" }
        let burst = stream.burst > 1 ? "burst: \(stream.burst)" : nil
        let parts = ["device: \(stream.device)", vectors, rate, burst].compactMap(\.self)
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func disturbance(_ disturbance: Disturbance) -> String {
        switch disturbance {
        case .steer(let device, let every): "{steer: \(device), every: \(every)}"
        case .mask(let device, let every): "{mask: \(device), every: \(every)}"
        case .rearm(let device, let every): "{rearm: \(device), every: \(every)}"
        case .reset(let device, let every): "{reset: \(device), every: \(every)}"
        case .storm(let container, let at, let size, let rounds):
            "{storm: {in: \(container), at: \(at), size: \(size)}, rounds: \(rounds)}"
        case .overflow(let device, let vector):
            "{overflow: {device: \(device), vector: \(vector.rawValue)}}"
        case .kill(let container): "{kill: \(container)}"
        }
    }
}
