// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging
package import Scheduling
package import SystemPackage

/// The door to QEMU.
package enum VirtualMachine {
    /// Switches a virtual board on, gives it to the body once SSH answers, and switches it off.
    ///
    /// QEMU lives exactly as long as the body, a cancelled one included; it dies with the
    /// controller even if that is killed. Several boards may run at once.
    /// - Parameters:
    ///   - spec: the board.
    ///   - image: what it boots.
    ///   - consoleLog: gets everything the board writes, each line with its times.
    ///   - deadline: until when the board must be ready.
    ///   - body: works with the board.
    /// - Returns: what the body returned.
    /// - Throws: `MachineError`, `QMPError`, `CancellationError`; what the body throws.
    package static func withMachine<Value>(
        _ spec: MachineSpec, image: BoardImage, consoleLog: FilePath, deadline: Deadline,
        _ body: (BootedMachine) async throws -> Value
    ) async throws -> Value {
        try check(spec, image)
        let folder = try await RunFolder.claim(deadline: deadline)
        defer { folder.release() }
        try folder.makeDisks(for: spec.devices)
        let power = PowerOn(spec: spec, image: image, folder: folder, deadline: deadline)
        return try await ThreadExecutor.withThread(named: "qmp \(spec.name)") { thread in
            let monitor = try QMPClient(listeningAt: folder.monitorSocket, executor: thread)
            return try await power.run(monitor, consoleLog, body)
        }
    }

    private static func check(_ spec: MachineSpec, _ image: BoardImage) throws(MachineError) {
        for (what, path) in [("kernel", image.kernel.image), ("initial file system", image.initrd)]
        where !FileManager.default.isReadableFile(atPath: path.string) {
            throw .noFile(board: spec.name, what: what, path: path.string)
        }
        try requireTool()
    }

    /// Sees to it that QEMU is installed, before anything is fetched for it.
    /// - Throws: `MachineError.noQEMU`.
    package static func requireTool() throws(MachineError) {
        guard isInPath(QEMUArguments.tool) else { throw .noQEMU(tool: QEMUArguments.tool) }
    }

    private static func isInPath(_ tool: String) -> Bool {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
        }
    }
}

/// One board from power-on to power-off.
private struct PowerOn {
    let spec: MachineSpec
    let image: BoardImage
    let folder: RunFolder
    let deadline: Deadline

    func run<Value>(
        _ monitor: QMPClient, _ consoleLog: FilePath,
        _ body: (BootedMachine) async throws -> Value
    ) async throws -> Value {
        let arguments = QEMUArguments(spec: spec, image: image, folder: folder).words
        let guarded = GuardedQEMU(
            arguments: [QEMUArguments.tool] + arguments, words: folder.toolWords)
        let console = try Console(log: consoleLog)
        return try await QEMUObserver.withObserver(of: spec, in: folder) { observer in
            try await guarded.run(hearing: console) { qemu in
                let machine = try await boot(qemu, monitor, console, observer)
                return try await body(machine)
            }
        }
    }

    private func boot(
        _ qemu: RunningQEMU, _ monitor: QMPClient, _ console: Console,
        _ observer: QEMUObserver?
    ) async throws -> BootedMachine {
        let version = try await greet(qemu, monitor, console)
        try await observer?.learn(from: monitor, deadline: deadline)
        let port = try await sshPort(monitor)
        let ready = try await BootWatch(board: spec.name, console: console, qemu: qemu)
            .ready(from: 0, deadline: deadline)
        let login = BootedMachine.Login(
            host: "127.0.0.1", port: port, user: "root", hostKey: image.hostKey,
            clientKey: image.clientKey)
        let slots = MachineSlots(
            board: spec.name, monitor: monitor, devices: spec.devices, folder: folder)
        return BootedMachine(
            name: spec.name, login: login, slots: slots, console: console, monitor: monitor,
            observer: observer, version: version, ready: ready, qemu: qemu)
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
