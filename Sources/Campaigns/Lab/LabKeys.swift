// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys of a lab file.
enum LabKey: String, CaseIterable {
    case name, summary, boards
}

/// The keys of a board, of all kinds.
enum BoardKey: String, CaseIterable {
    // Every board.
    case name, kind, labels, kernel, doorbells, timeouts, notes
    case skipReset = "skip-reset"
    // A board that QEMU makes.
    case msiController = "msi-controller"
    case cpu, cpus, memory, smmu, virtualization, observer, devices
    case commandLine = "command-line"
    // A board that is reached over SSH.
    case host, port, user, identity, agent, power, console, boot
    case hostKey = "host-key"

    static let ofQEMU: [BoardKey] = [
        .msiController, .cpu, .cpus, .memory, .smmu, .virtualization, .observer, .devices,
        .commandLine,
    ]
    static let ofSSH: [BoardKey] = [
        .host, .port, .user, .identity, .agent, .power, .console, .hostKey, .boot,
    ]
}

/// The kinds of board.
enum BoardKind: String, CaseIterable {
    case qemu, ssh
}

/// The keys of a virtual board's device.
enum VirtualDeviceKey: String, CaseIterable {
    case name, kind, slot, function
    case rootPort = "root-port"
    case virtualFunctions = "virtual-functions"
}

/// The keys of a doorbell.
enum DoorbellKey: String, CaseIterable {
    case controller, base, interrupts
}

/// The keys of `timeouts`.
enum TimeoutKey: String, CaseIterable {
    case boot, connect, step, power
}

/// The keys of `power`.
enum PowerKey: String, CaseIterable {
    case on, off, cycle, status
}

/// The keys of `console`.
enum ConsoleKey: String, CaseIterable {
    case command
}
