// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// One board from power-on to power-off.
struct PowerOn {
    let spec: MachineSpec
    let image: BoardImage
    let consoleLog: FilePath
    let deadline: Deadline
    /// Why the board does not go on from its snapshot, once that was tried.
    var loss: SnapshotLoss?

    /// - Throws: `SnapshotLoss`, before the body has the board, where it is worth another try.
    func run<Value>(_ body: (BootedMachine) async throws -> Value) async throws -> Value {
        let folder = try await RunFolder.claim(deadline: deadline)
        defer { folder.release() }
        try folder.makeDisks(for: spec.devices)
        let arguments = QEMUArguments(spec: spec, image: image, folder: folder).words
        let shelf = spec.startsFromSnapshot ? shelf(for: arguments, folder) : nil
        let snapshot = loss == nil ? try await shelf?.find() : nil
        let guarded = GuardedQEMU(
            arguments: [QEMUArguments.tool] + arguments
                + (snapshot == nil ? [] : ["-incoming", "defer"]),
            words: folder.toolWords)
        return try await ThreadExecutor.withThread(named: "qmp \(spec.name)") { thread in
            let monitor = try QMPClient(listeningAt: folder.monitorSocket, executor: thread)
            let console = try Console(log: consoleLog, isRunning: snapshot != nil)
            return try await QEMUObserver.withObserver(of: spec, in: folder) { observer in
                try await guarded.run(hearing: console) { qemu in
                    let wires = Wires(
                        qemu: qemu, monitor: monitor, console: console, observer: observer)
                    return try await body(try await start(wires, folder, shelf, snapshot))
                }
            }
        }
    }

    /// What leads to a QEMU that was started.
    private struct Wires {
        let qemu: RunningQEMU
        let monitor: QMPClient
        let console: Console
        let observer: QEMUObserver?
    }

    /// The place of the board's snapshot: the run's folder stands in QEMU's arguments, and counts for
    /// nothing.
    private func shelf(for arguments: [String], _ folder: RunFolder) -> SnapshotShelf {
        let tool = VirtualMachine.place(of: QEMUArguments.tool)
        return SnapshotShelf(
            in: BoardCache().snapshots, of: spec.name,
            arguments: arguments.map { $0.replacing(folder.path.string, with: "") },
            files: [tool, image.kernel.image, image.initrd].compactMap(\.self))
    }

    private func start(
        _ wires: Wires, _ folder: RunFolder, _ shelf: SnapshotShelf?, _ snapshot: Snapshot?
    ) async throws -> BootedMachine {
        let version = try await greet(wires.qemu, wires.monitor, wires.console)
        try await wires.observer?.learn(from: wires.monitor, deadline: deadline)
        let port = try await sshPort(wires.monitor)
        let (ready, start) =
            if let snapshot { try await resume(snapshot, wires) } else {
                try await boot(wires, shelf)
            }
        let login = BootedMachine.Login(
            host: "127.0.0.1", port: port, user: "root", hostKey: image.hostKey,
            clientKey: image.clientKey)
        let slots = MachineSlots(
            board: spec.name, monitor: wires.monitor, devices: spec.devices, folder: folder)
        return BootedMachine(
            name: spec.name, login: login, slots: slots, console: wires.console,
            monitor: wires.monitor, observer: wires.observer, version: version, ready: ready,
            start: start, qemu: wires.qemu)
    }

    /// Awaits that the board has booted, and keeps it where that is wanted.
    private func boot(
        _ wires: Wires, _ shelf: SnapshotShelf?
    ) async throws -> (BoardReady, MachineStart) {
        if let loss { wires.console.note(loss.account.description) }
        try await awaitFirmware(wires.monitor)
        let ready = try await BootWatch(
            board: spec.name, console: wires.console, qemu: wires.qemu
        ).ready(from: 0, deadline: deadline)
        do {
            try await shelf?.keep(ready) {
                try await wires.monitor.save(to: $0, deadline: deadline)
            }
        } catch let missed as SnapshotLoss {
            wires.console.note(missed.account.description)
            return (ready, .boot(loss ?? missed))
        }
        return (ready, .boot(loss))
    }

    /// Lets the processors begin, late where the board is to be slow.
    private func awaitFirmware(_ monitor: QMPClient) async throws {
        guard spec.firmwareWait > .zero else { return }
        try await Task.sleep(for: spec.firmwareWait)
        try await monitor.resume(deadline: deadline)
    }

    /// Lets the board go on where it was once ready.
    /// - Throws: `SnapshotLoss` where QEMU does not take the snapshot, which is gone then.
    private func resume(
        _ snapshot: Snapshot, _ wires: Wires
    ) async throws -> (BoardReady, MachineStart) {
        // It is QEMU who works here, and not the kernel.
        let limit = deadline.part(
            "board \(spec.name) to go on from its snapshot", atMost: .seconds(30))
        do {
            try await wires.monitor.load(from: snapshot.memory, deadline: limit)
        } catch let error where error is QMPError || error is DeadlineExceeded {
            snapshot.discard()
            throw SnapshotLoss.unusable(board: spec.name, reason: "\(error)")
        }
        wires.console.note("resumed from the snapshot of \(snapshot.date.formatted(.iso8601))")
        return (snapshot.ready, .snapshot(snapshot))
    }

    /// Awaits QEMU's call; a QEMU that dislikes its arguments ends before it calls, or instead.
    private func greet(
        _ qemu: RunningQEMU, _ monitor: QMPClient, _ console: Console
    ) async throws -> QEMUVersion {
        let version = try await withThrowingTaskGroup(of: QEMUVersion?.self) { group in
            group.addTask {
                do { return try await monitor.greet(deadline: deadline) } catch QMPError.closed {
                    return nil
                }
            }
            group.addTask {
                try await console.awaitEnd(deadline: deadline)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next().flatMap(\.self)
        }
        if let version { return version }
        throw try await qemu.ended(board: spec.name)
    }

    private func sshPort(_ monitor: QMPClient) async throws -> UInt16 {
        let answer = try await monitor.monitor("info usernet", deadline: deadline)
        guard let port = UserNetwork.forwardedPort(to: 22, in: answer) else {
            throw MachineError.noPort(board: spec.name, answer: answer)
        }
        return port
    }
}
