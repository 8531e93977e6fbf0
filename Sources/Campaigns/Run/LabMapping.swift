// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
package import SecureShell
package import SystemPackage
package import VirtualBoards
package import Vocabulary

// From the words of a lab file to what the storeys below work with.

extension BoardBudgets {
    init(_ timeouts: BoardTimeouts) {
        self.init(
            boot: timeouts.boot, connect: timeouts.connect, step: timeouts.step,
            power: timeouts.power)
    }
}

extension MachineSpec {
    /// The machine of a lab file, with what the kernel recipe adds to the command line.
    ///
    /// Where it has to boot cold, it boots, for a snapshot is not found as a reset leaves it.
    package init(
        _ machine: Campaigns.VirtualMachine, named name: BoardName, kernelWords: [String],
        isCold: Bool = false
    ) {
        self.init(
            name: name.text,
            interruptController: machine.msiController == .gicv2m ? .gicV2 : .gicV3,
            cpu: machine.cpu, cpus: machine.cpus, memory: machine.memory,
            hasSMMU: machine.hasSMMU, hasVirtualization: machine.hasVirtualization,
            devices: machine.devices.map(MachineDevice.init), isObserved: machine.isObserved,
            kernelWords: machine.commandLine + kernelWords,
            startsFromSnapshot: machine.startsFromSnapshot && !isCold,
            firmwareWait: machine.firmwareWait)
    }
}

extension MachineDevice {
    fileprivate init(_ device: VirtualDevice) {
        self.init(
            id: device.name.text, model: Self.model(of: device), slot: device.slot,
            isBehindRootPort: device.isBehindRootPort)
        function = device.function
    }

    private static func model(of device: VirtualDevice) -> Model {
        switch device.model {
        case .edu: .edu
        case .e1000e: .e1000e
        case .nvme:
            .nvme(capacity: .mebibytes(16), virtualFunctions: device.virtualFunctions)
        case .virtioRandom: .virtioRandom
        }
    }
}

extension RemoteBoard {
    /// The board of a lab file that lies in that folder.
    /// - Throws: `UnenrolledBoard` for a board whose host key nobody has pinned yet.
    init(
        _ machine: RemoteMachine, named name: BoardName, in folder: FilePath,
        errand: BootErrand? = nil
    ) throws(UnenrolledBoard) {
        self.init(
            target: try SSHTarget(machine, named: name, in: folder),
            power: machine.power.map { PowerSwitch($0, of: name, in: folder) },
            console: machine.console.map { $0.source(in: folder) }, errand: errand)
    }
}

extension SSHTarget {
    /// How the board of a lab file in that folder is reached.
    /// - Throws: `UnenrolledBoard` for a board whose host key nobody has pinned yet.
    package init(
        _ machine: RemoteMachine, named name: BoardName, in folder: FilePath
    ) throws(UnenrolledBoard) {
        guard let key = machine.hostKey, let pin = HostKeyPin(key.text) else {
            throw UnenrolledBoard(board: name)
        }
        let authentication: Authentication =
            switch machine.credential {
            case .identity(let path): .keyFile(folder.pushing(path))
            case .agent: .agent
            }
        self.init(
            name: "board \(name)", host: machine.host, port: machine.port, user: machine.user,
            hostKeys: [pin], authentication: authentication)
    }
}

extension PinnedHostKey {
    /// As the lab file has it.
    package var text: String {
        switch self {
        case .fingerprint(let text): text
        case .publicKey(let algorithm, let base64): "\(algorithm) \(base64)"
        }
    }
}

extension PowerSwitch {
    /// The power of a board in a lab file that lies in that folder.
    package init(_ source: PowerSource, of board: BoardName, in folder: FilePath) {
        let driver: any PowerDriver =
            switch source {
            case .commands(let commands): CommandPower(commands)
            case .ipmi(let access): IPMIPower(access.inFolder(folder))
            case .redfish(let access): RedfishPower(access.inFolder(folder))
            case .pdudaemon(let access): PDUDaemonPower(access)
            case .qmp(let socket): QMPPower(socket: folder.pushing(socket))
            }
        self.init(board: board, driver: driver)
    }
}

extension ConsoleOrigin {
    /// The console of a board in a lab file that lies in that folder.
    package func source(in folder: FilePath) -> any ConsoleSource {
        switch self {
        case .command(let command): CommandConsole(ControllerCommand(command))
        case .tcp(let address): TCPConsole(address)
        case .rfc2217(let address, let speed): RFC2217Console(address, speed: speed)
        case .conserver(let access): CommandConsole.conserver(access)
        case .serialOverLAN(let access): CommandConsole.serialOverLAN(access.inFolder(folder))
        }
    }
}

extension CommandPower {
    init(_ commands: PowerCommands) {
        self.init(
            on: ControllerCommand(commands.on), off: ControllerCommand(commands.off),
            cycle: commands.cycle.map(ControllerCommand.init),
            status: commands.status.map(ControllerCommand.init))
    }
}

extension ControllerCommand {
    /// As the lab file has it.
    init(_ command: LocalCommand) {
        self.init(program: command.program, arguments: command.arguments)
    }
}

/// A board of kind ssh whose host key is not in the lab file.
package struct UnenrolledBoard: Blame, Hashable {
    package let board: BoardName

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "be trusted",
            cause: "the lab file pins no host key for it",
            remedy: "Run `doorbell board enrol \(board)`, compare the fingerprint with what the "
                + "board's own console shows, and put the key into the lab file.")
    }
}
