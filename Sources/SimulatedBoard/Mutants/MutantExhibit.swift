// SPDX-License-Identifier: GPL-3.0-or-later
package import Vocabulary

/// A board, a generation and a few steps on which a mutant's defect shows.
package struct MutantExhibit: Sendable {
    package let board: SimulatedBoard
    package let devices: [DeviceName: PCIAddress]
    package let steps: [Step]
    /// The state of `allow_unsafe_interrupts` before the first step.
    package var unsafeInterruptsAllowed = true

    init(_ board: BoardDescription, _ generation: SimulatedGeneration, _ steps: [Step]) {
        self.init(board: SimulatedBoard(board, generation), steps: steps)
    }

    private init(board: SimulatedBoard, steps: [Step]) {
        self.board = board
        self.steps = steps
        let functions = board.board.functions
        devices = Dictionary(
            uniqueKeysWithValues: zip(Self.names, functions).map { ($0, $1.address) })
    }

    /// The board's functions in their order are a, b, d, g, h, i.
    private static let names = ["a", "b", "d", "g", "h", "i"].compactMap { DeviceName($0) }

    /// The same story on a board without the defect, or with it.
    package func board(with mutant: Mutant?) -> SimulatedBoard {
        SimulatedBoard(
            board.board, board.generation, release: board.release, mutant: mutant)
    }

    /// The story as a case of a suite.
    package func suiteCase(_ name: CaseName) -> SuiteCase {
        SuiteCase(
            name: name, summary: "a mutant shows",
            devices: devices.mapValues { _ in DeviceRequirement(kind: .edu) },
            unsafeInterruptsAllowed: unsafeInterruptsAllowed, steps: steps)
    }
}

/// Short words for the stories of mutants.
enum Story {
    static let container: ContainerName = name("c")

    static func name<Subject>(_ text: String) -> Name<Subject> {
        guard let name = Name<Subject>(text) else { preconditionFailure("'\(text)' is no name") }
        return name
    }

    static let open = Step.open(container: container)
    static let close = Step.close(container: container)

    static func attach(_ device: String) -> Step {
        .attach(device: name(device), container: container)
    }

    static func detach(_ device: String) -> Step { .detach(device: name(device)) }

    static func arm(_ device: String, _ kind: InterruptKind = .msi, _ vectors: UInt32 = 1) -> Step {
        .arm(device: name(device), kind: kind, vectors: vectors)
    }

    static func disarm(_ device: String) -> Step { .disarm(device: name(device)) }

    static func ring(_ device: String, _ count: UInt32 = 3) -> Step {
        .ring(device: name(device), vector: VectorIndex(rawValue: 0), count: count)
    }

    static func loopBack(_ device: String) -> Step {
        .loopback(device: name(device), vector: VectorIndex(rawValue: 0), count: 2)
    }

    static func map(_ iova: UInt64, pages: UInt64 = 1, back: Int64 = 0) -> Step {
        .map(
            container: container, at: Placement(base: IOVA(rawValue: iova), pages: back),
            size: Extent(pages: pages))
    }

    static func unmap(_ iova: UInt64, pages: UInt64 = 1) -> Step {
        .unmap(
            container: container, at: Placement(base: IOVA(rawValue: iova)),
            size: Extent(pages: pages))
    }

    static func read(_ device: String) -> Step {
        .transfer(
            device: name(device), Transfer(direction: .read, target: .doorbell))
    }
}
