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
    case cpu, cpus, memory, smmu, virtualization, observer, devices, start
    case commandLine = "command-line"
    case firmwareWait = "firmware-wait"
    // A board that is reached over SSH.
    case host, port, user, identity, agent, power, console, boot
    case hostKey = "host-key"

    static let ofQEMU: [BoardKey] = [
        .msiController, .cpu, .cpus, .memory, .smmu, .virtualization, .observer, .devices,
        .commandLine, .start, .firmwareWait,
    ]
    static let ofSSH: [BoardKey] = [
        .host, .port, .user, .identity, .agent, .power, .console, .hostKey, .boot,
    ]
}

/// How a virtual board comes to life.
enum VirtualStart: String, CaseIterable {
    case boot, snapshot
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
    // Commands.
    case on, off, cycle, status
    // A driver, which stands alone.
    case ipmi, redfish, pdudaemon, qmp

    static let drivers: [PowerKey] = [.ipmi, .redfish, .pdudaemon, .qmp]
}

/// The keys of `ipmi`.
enum IPMIKey: String, CaseIterable {
    case host, port, user, interface
    case passwordFile = "password-file"
    case cipherSuite = "cipher-suite"
}

/// The interfaces of ipmitool that reach a BMC over a network.
enum IPMIInterface: String, CaseIterable {
    case lanplus, lan
}

/// The keys of `redfish`.
enum RedfishKey: String, CaseIterable {
    case url, system, user, certificate
    case passwordFile = "password-file"
}

/// The keys of `pdudaemon`.
enum PDUDaemonKey: String, CaseIterable {
    case url, device, outlet
}

/// The keys of `qmp`.
enum QMPKey: String, CaseIterable {
    case socket
}

/// The keys of `console`.
enum ConsoleKey: String, CaseIterable {
    case tcp, rfc2217, conserver, sol, command
}

/// The keys of `rfc2217`.
enum RFC2217Key: String, CaseIterable {
    case address, speed
}

/// The keys of `conserver`.
enum ConserverKey: String, CaseIterable {
    case console, host, port
}
