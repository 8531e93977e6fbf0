// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// A run that goes through everything again and again, with the evidence of a kernel that does
/// exactly what the model says.
struct JudgeStory {
    let evidence: CaseEvidence
    let expectation: Expectation
    let board: BoardFacts

    /// Builds at least so many steps.
    ///
    /// - Throws: `ModelError` when there is no expectation for the board.
    init(steps count: Int) throws {
        let aperture = try Self.constant(
            IOVARange(first: IOVA(rawValue: 0), last: IOVA(rawValue: 0xffff_ffff_ffff)))
        board = BoardFacts(
            kernel: KernelVersion(major: 6, minor: 12), pageSize: .fourKiB, aperture: aperture,
            doorbells: [.init(kind: .its, base: PhysicalAddress(rawValue: 0x0808_0000))])
        let names = try ["a", "b"].map { try Self.constant(DeviceName($0)) }
        let devices = Dictionary(
            uniqueKeysWithValues: zip(
                names,
                try ["0000:00:02.0", "0000:00:03.0"].map { try Self.constant(PCIAddress($0)) }))
        let cycle = try Self.cycle(names)
        let steps = (0..<(count + cycle.count - 1) / cycle.count).flatMap { _ in cycle }
        expectation = try ReferenceModel(board: board).predict(
            steps: steps, devices: devices, unsafeInterruptsAllowed: false)
        var record = CaseRecord(
            board: try Self.constant(BoardName("bench")),
            suite: try Self.constant(SuiteName("bench")),
            name: try Self.constant(CaseName("judge")),
            devices: devices, unsafeInterruptsAllowed: false, agentProcess: JudgePlayer.process)
        record.simulation = "the model's own expectation"
        var player = JudgePlayer(devices: devices)
        record.steps = expectation.steps.map { player.play($0) }
        record.texts = player.texts(of: expectation)
        evidence = CaseEvidence(record)
    }

    /// What cannot fail here, as the text is ours.
    private static func constant<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw WrongConstant() }
        return value
    }

    private struct WrongConstant: Error {}

    private static func cycle(_ names: [DeviceName]) throws -> [Step] {
        let container = try constant(ContainerName("c"))
        let at = Placement(base: IOVA(rawValue: 0x10_0000))
        let size = Extent(pages: 16)
        let vector = VectorIndex(rawValue: 0)
        return [.open(container: container)]
            + names.map { .attach(device: $0, container: container) }
            + [.map(container: container, at: at, size: size)]
            + names.map { .arm(device: $0, kind: .msix, vectors: 2) }
            + names.map { .ring(device: $0, vector: vector, count: 3) }
            + names.map { .disarm(device: $0) }
            + [.unmap(container: container, at: at, size: size)]
            + names.map { .detach(device: $0) } + [.close(container: container)]
    }
}
