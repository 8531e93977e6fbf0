// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Short words for steps in the container c.
enum Go {
    static func name<Subject>(_ text: String) -> Name<Subject> {
        guard let name = Name<Subject>(text) else { preconditionFailure("'\(text)' is no name") }
        return name
    }

    static let zero = VectorIndex(rawValue: 0)

    static func open(_ container: String = "c") -> Step { .open(container: name(container)) }
    static func close() -> Step { .close(container: name("c")) }
    static func kill() -> Step { .kill(container: name("c")) }

    static func attach(_ device: String, _ container: String = "c") -> Step {
        .attach(device: name(device), container: name(container))
    }

    static func arm(_ device: String, _ vectors: UInt32 = 1) -> Step {
        .arm(device: name(device), kind: device == "d" ? .msix : .msi, vectors: vectors)
    }

    static func ring(_ device: String) -> Step {
        .ring(device: name(device), vector: zero, count: 2)
    }

    static func map(_ iova: UInt64, pages: UInt64 = 1) -> Step {
        .map(
            container: name("c"), at: Placement(base: IOVA(rawValue: iova)),
            size: Extent(pages: pages))
    }

    static func unmap(_ iova: UInt64, pages: UInt64 = 1) -> Step {
        .unmap(
            container: name("c"), at: Placement(base: IOVA(rawValue: iova)),
            size: Extent(pages: pages))
    }

    static func window(_ iova: UInt64, _ size: ByteCount) -> Step {
        .window(
            container: name("c"), at: Placement(base: IOVA(rawValue: iova)),
            size: Extent(bytes: size))
    }

    static func giveBack(_ device: String) -> Step { .giveBack(device: name(device)) }
    static func reset(_ device: String) -> Step { .reset(device: name(device)) }
    static func disturb(_ device: String) -> Step { .disturb(device: name(device)) }

    static func steer(_ device: String) -> Step {
        .steer(device: name(device), vector: zero, processor: 1)
    }

    static func traffic(
        _ device: String, burst: UInt32 = 1, meanwhile: [Disturbance] = []
    ) -> Step {
        let stream = TrafficPlan.Stream(device: name(device), burst: burst)
        return .traffic(TrafficPlan(count: 12, streams: [stream], meanwhile: meanwhile))
    }

    static func mask(_ device: String, _ masked: Bool) -> Step {
        .mask(device: name(device), vector: zero, masked: masked)
    }

    static func busMaster(_ device: String, _ enabled: Bool) -> Step {
        .busMaster(device: name(device), enabled: enabled)
    }

    /// A write of another device's message, or of the writer's own.
    static func forge(
        _ device: String, of other: String, at target: Transfer.Target = .doorbell
    ) -> Step {
        let value = Transfer.Value.message(device: name(other), vector: zero)
        return .transfer(
            device: name(device), Transfer(direction: .write, target: target, value: value))
    }

    static func write(_ device: String, _ iova: UInt64) -> Step {
        let target = Transfer.Target.memory(Placement(base: IOVA(rawValue: iova)))
        return .transfer(
            device: name(device), Transfer(direction: .write, target: target, value: .word(1)))
    }

    static func read(_ device: String) -> Step {
        .transfer(device: name(device), Transfer(direction: .read, target: .doorbell))
    }
}
