// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import SystemPackage

/// Reads what a lab file says of a board's power: commands, or one of the drivers.
enum PowerReader {
    static func power(_ value: Value) -> PowerSource? {
        guard let reader = MappingReader<PowerKey>(value) else { return nil }
        guard let driver = PowerKey.drivers.first(where: { reader[$0] != nil }) else {
            return commands(reader)
        }
        let others = PowerKey.allCases.filter { $0 != driver }
        reader.refuse(others, because: "the power is switched by '\(driver.rawValue)' already")
        switch driver {
        case .ipmi: return reader.required(.ipmi, ipmi).map(PowerSource.ipmi)
        case .redfish: return reader.required(.redfish, redfish).map(PowerSource.redfish)
        case .pdudaemon: return reader.required(.pdudaemon, pdudaemon).map(PowerSource.pdudaemon)
        default: return reader.required(.qmp, qmp).map(PowerSource.qmp)
        }
    }

    private static func commands(_ reader: MappingReader<PowerKey>) -> PowerSource? {
        let on = reader.required(.on, RemoteMachineReader.command)
        let off = reader.required(.off, RemoteMachineReader.command)
        let cycle = reader.optional(.cycle, RemoteMachineReader.command)
        let status = reader.optional(.status, RemoteMachineReader.command)
        guard let on, let off else { return nil }
        return .commands(PowerCommands(on: on, off: off, cycle: cycle, status: status))
    }

    private static func ipmi(_ value: Value) -> IPMIAccess? {
        guard let reader = MappingReader<IPMIKey>(value) else { return nil }
        let host = reader.required(.host, RemoteMachineReader.host)
        let port: UInt16 = reader.optional(.port, default: 623) { $0.count(1...65_535) }
        let user = reader.required(.user, RemoteMachineReader.word)
        let file = reader.required(.passwordFile, secret)
        let interface = reader.optional(.interface, default: .lanplus) {
            $0.choice(IPMIInterface.self)
        }
        let suite: Int? = reader.optional(.cipherSuite) { $0.count(0...17) }
        guard let host, let user, let file else { return nil }
        return IPMIAccess(
            host: host, port: port, user: user, passwordFile: file,
            interface: interface.rawValue, cipherSuite: suite)
    }

    private static func redfish(_ value: Value) -> RedfishAccess? {
        guard let reader = MappingReader<RedfishKey>(value) else { return nil }
        let url = reader.required(.url) { WebAddressReader.address($0, carriesSecret: true) }
        let system = reader.required(.system, WebAddressReader.pathWord)
        let user = reader.required(.user, RemoteMachineReader.word)
        let file = reader.required(.passwordFile, secret)
        let certificate = reader.optional(.certificate) {
            $0.text("the path of a certificate").map { FilePath($0) }
        }
        guard let url, let system, let user, let file else { return nil }
        guard !user.contains(":") else {
            return reader[.user]?.complain("a user has no colon", as: RedfishAccess.self)
        }
        return RedfishAccess(
            url: url, system: system, user: user, passwordFile: file, certificate: certificate)
    }

    private static func pdudaemon(_ value: Value) -> PDUDaemonAccess? {
        guard let reader = MappingReader<PDUDaemonKey>(value) else { return nil }
        let url = reader.required(.url) { WebAddressReader.address($0, carriesSecret: false) }
        let device = reader.required(.device, RemoteMachineReader.word)
        let outlet: Int? = reader.required(.outlet) { $0.count(0...9_999) }
        guard let url, let device, let outlet else { return nil }
        return PDUDaemonAccess(url: url, device: device, outlet: outlet)
    }

    private static func qmp(_ value: Value) -> FilePath? {
        guard let reader = MappingReader<QMPKey>(value) else { return nil }
        return reader.required(.socket) { $0.text("the path of a socket").map { FilePath($0) } }
    }

    private static func secret(_ value: Value) -> SecretFile? {
        value.text("the path of a file with the password").map { SecretFile(FilePath($0)) }
    }
}
