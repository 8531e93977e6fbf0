// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Foundation
import PCIInventory
import Passthrough
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

/// The agent and its peer in turns, on one device of one board.
struct MSIRace: Sendable {
    /// What is made to ring.
    enum Runner: String, CaseIterable, Sendable {
        case edu, e1000e

        var interrupt: InterruptKind { self == .edu ? .msi : .msix }
    }

    private let board: LiveBoard
    private let runner: Runner
    private let device: TakenDevice
    private let peer: RemotePath
    private let deadline = Deadline.after(.seconds(1800), for: "the benchmark of MSIs")

    /// Raises in one turn: a tenth of a second, so that a quiet moment of the machine holds one.
    private static let window: UInt32 = 300

    private init(board: LiveBoard, runner: Runner, device: TakenDevice, peer: RemotePath) {
        self.board = board
        self.runner = runner
        self.device = device
        self.peer = peer
    }

    /// Takes the first device of the kind that the board has, and uploads the peer.
    static func prepare(
        _ runner: Runner, on board: LiveBoard, peer: FilePath
    ) async throws -> MSIRace {
        let limit = Deadline.after(.seconds(60), for: "the start of the benchmark of MSIs")
        let lifelines = try await BoardLifelines.read(
            from: board.files, controller: board.controllerAddress)
        let inventory = try await RemoteInventory.read(over: board.connection, deadline: limit)
        guard let found = inventory.devices.first(where: runner.fits) else {
            throw MSIRaceError(board: board.name, cause: "it has no device '\(runner)'")
        }
        let binder = DeviceBinder(files: board.files, lifelines: lifelines)
        let device = try await binder.take(found.address)
        // A GICv2m isolates no MSIs: without this the kernel refuses the group (EPERM).
        try await UnsafeInterruptsGate(files: board.files).set(open: true)
        let path = RemotePath("/run/doorbell/peer")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: peer.string)))
        try await board.connection.upload(bytes, to: path, mode: 0o700, deadline: limit)
        return MSIRace(board: board, runner: runner, device: device, peer: path)
    }

    /// Lets both ring in turns; the best turn of each counts.
    /// - Throws: `MSIRaceError` when an interrupt is lost: such a rate means nothing.
    func run(rounds: Int) async throws -> BenchFigure {
        var (ours, theirs) = (0.0, 0.0)
        for _ in 0..<rounds {
            ours = max(ours, try await agentRate())
            theirs = max(theirs, try await peerRate())
        }
        return BenchFigure(
            name: "\(runner.interrupt.name) \(board.name)", unit: "per s", ours: ours, peer: theirs,
            peerName: "C",
            rule: .ratioAtLeast(0.95))
    }

    private func agentRate() async throws -> Double {
        let result = try await ring(count: Self.window)
        guard result.lost == 0, result.elapsed > .zero else {
            throw MSIRaceError(board: board.name, cause: "\(result.lost) interrupts were lost")
        }
        return Double(result.raised) * 1e9 / Double(result.elapsed.rawValue)
    }

    /// Lets the agent open, arm and ring the device, and give everything back.
    func ring(count: UInt32) async throws -> RingResult {
        let container = try await ask(OpenContainer()).container
        let group = try await ask(OpenGroup(number: GroupNumber(rawValue: device.group))).group
        _ = try await ask(AttachGroup(container: container, group: group))
        _ = try await ask(SetIOMMU(container: container))
        let held = try await ask(OpenDevice(group: group, address: device.address)).device
        _ = try await ask(
            EnableInterrupts(device: held, interrupt: runner.interrupt, count: 1))
        let vector = VectorIndex(rawValue: 0)
        let result = try await ask(Ring(device: held, vector: vector, count: count))
        _ = try await ask(ReleaseAll())
        return result
    }

    private func ask<Request: AgentRequest>(_ request: Request) async throws -> Request.Answer {
        let reply = try await board.agent.perform(request, deadline: deadline)
        guard let answer = reply.answer else {
            throw MSIRaceError(
                board: board.name, cause: "'\(Request.kind)' was refused: \(reply.errno)")
        }
        return answer
    }

    private func peerRate() async throws -> Double {
        let command = RemoteCommand(
            peer.description,
            ["\(device.group)", "\(device.address)", "\(Self.window)", runner.rawValue])
        let text = try await board.connection.run(command, deadline: deadline).succeeded().text
        guard let rate = Self.rate(in: text) else {
            throw MSIRaceError(board: board.name, cause: "the peer said '\(text)'")
        }
        return rate
    }

    /// Reads `raised 300 arrived 300 … elapsed_ns 97000000 …`.
    private static func rate(in text: String) -> Double? {
        let words = text.split(whereSeparator: \.isWhitespace)
        func number(after name: String) -> Double? {
            guard let place = words.firstIndex(of: name[...]), place + 1 < words.count else {
                return nil
            }
            return Double(words[place + 1])
        }
        guard let raised = number(after: "raised"), let elapsed = number(after: "elapsed_ns"),
            elapsed > 0
        else { return nil }
        return raised * 1e9 / elapsed
    }
}

extension MSIRace.Runner {
    fileprivate func fits(_ device: PCIDevice) -> Bool {
        let (vendor, product): (UInt16, UInt16) =
            self == .edu ? (0x1234, 0x11e8) : (0x8086, 0x10d3)
        return device.identity.vendor.id.rawValue == vendor
            && device.identity.device.id.rawValue == product
    }
}

/// Why rates could not be compared.
struct MSIRaceError: Blame {
    let board: BoardName
    let cause: String
    let kind = FaultKind.bench

    var account: Account {
        Account(subject: "the MSIs of board \(board)", action: "be measured", cause: cause)
    }
}
