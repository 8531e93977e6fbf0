// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import SimulatedBoard
import Vocabulary

/// A story that a simulated board has carried out, and what it shows.
///
/// The board's functions in their order are the devices a, b, d, g, h and i; the container is c.
struct Played {
    let record: CaseRecord
    let evidence: CaseEvidence
    let devices: [DeviceName: PCIAddress]

    init(
        _ board: BoardDescription, _ generation: SimulatedGeneration,
        release: SimulatedRelease? = nil, unsafe: Bool = true, _ steps: [Step]
    ) {
        let simulated = SimulatedBoard(board, generation, release: release)
        let names = ["a", "b", "d", "g", "h", "i"].map(name) as [DeviceName]
        devices = Dictionary(
            uniqueKeysWithValues: zip(names, simulated.devices).map { ($0, $1) })
        let suiteCase = SuiteCase(
            name: name("story"), summary: "a story", devices: [:],
            unsafeInterruptsAllowed: unsafe, steps: steps)
        record = simulated.run(suiteCase, suite: name("stories"), devices: devices)
        evidence = CaseEvidence(record)
    }

    /// The first call of a step that failed.
    func errno(_ step: Int) -> KernelErrno {
        record.steps[step].calls.first { $0.errno != .none && !$0.name.contains("_INFO") }?.errno
            ?? .none
    }

    /// What a device's registers hold for a vector after a step.
    func message(_ device: String, _ vector: UInt32 = 0, after step: Int) -> MSIMessage? {
        guard let address = devices[name(device)] else { return nil }
        let seen = evidence.steps[step]
        if let table = seen.msixTables[address] { return table[Int(vector)].message }
        return seen.configuration[address].flatMap { MSICapability(in: $0) }?.message
    }

    /// How often the interrupt of a vector has come by the end of a step.
    func count(_ device: String, _ vector: UInt32 = 0, after step: Int) -> UInt64? {
        guard let address = devices[name(device)] else { return nil }
        return evidence.steps[step].interrupts?
            .line(of: VectorIndex(rawValue: vector), device: address)?.total
    }

    /// What the log gained in a step and alarms about.
    func alarms(_ step: Int) -> [TroubleKind] {
        (evidence.steps[step].log ?? []).compactMap { TroubleKind($0.message) }
    }

    /// The ranges that were mapped to a page.
    func maps(to page: UInt64) -> [UInt64] {
        (evidence.trace ?? []).compactMap { record in
            guard case .map(let range, let paddr) = record.event, paddr.rawValue == page else {
                return nil
            }
            return range.first.rawValue
        }
    }
}

func name<Subject>(_ text: String) -> Name<Subject> { Name(text) ?? preconditionFailureName() }

/// Short words for steps in the container c.
enum Do {
    static let container: ContainerName = name("c")
    static let open = Step.open(container: container)

    static func attach(_ device: String, _ container: String = "c") -> Step {
        .attach(device: name(device), container: name(container))
    }

    static func arm(_ device: String, _ kind: InterruptKind = .msi, _ vectors: UInt32 = 1) -> Step {
        .arm(device: name(device), kind: kind, vectors: vectors)
    }

    static func disarm(_ device: String) -> Step { .disarm(device: name(device)) }

    static func ring(_ device: String, _ count: UInt32 = 3) -> Step {
        .ring(device: name(device), vector: VectorIndex(rawValue: 0), count: count)
    }

    static func mask(_ device: String, _ masked: Bool) -> Step {
        .mask(device: name(device), vector: VectorIndex(rawValue: 0), masked: masked)
    }

    static func map(_ iova: UInt64, pages: UInt64 = 1) -> Step {
        .map(
            container: container, at: Placement(base: IOVA(rawValue: iova)),
            size: Extent(pages: pages))
    }

    static func unmap(_ iova: UInt64, pages: UInt64 = 1) -> Step {
        .unmap(
            container: container, at: Placement(base: IOVA(rawValue: iova)),
            size: Extent(pages: pages))
    }

    static func transfer(
        _ device: String, _ direction: Transfer.Direction, _ target: Transfer.Target,
        _ value: Transfer.Value? = nil
    ) -> Step {
        .transfer(
            device: name(device), Transfer(direction: direction, target: target, value: value))
    }
}
