// SPDX-License-Identifier: GPL-3.0-or-later

import Boards

/// Reads what a lab file says of where a board's console comes from.
enum ConsoleReader {
    /// Reads exactly one of the sources; serial over LAN takes the BMC of the power.
    static func origin(_ value: Value, power: PowerSource?) -> ConsoleOrigin? {
        guard let reader = MappingReader<ConsoleKey>(value) else { return nil }
        guard let source = ConsoleKey.allCases.first(where: { reader[$0] != nil }) else {
            let words = ConsoleKey.allCases.map(\.rawValue).joined(separator: ", ")
            return value.complain(
                "nothing says where the console comes from; write one of \(words)",
                as: ConsoleOrigin.self)
        }
        reader.refuse(
            ConsoleKey.allCases.filter { $0 != source },
            because: "the console comes from '\(source.rawValue)' already")
        switch source {
        case .tcp: return reader.required(.tcp, address).map(ConsoleOrigin.tcp)
        case .rfc2217: return reader.required(.rfc2217, rfc2217)
        case .conserver: return reader.required(.conserver, conserver)
        case .sol: return reader.required(.sol) { serialOverLAN($0, power) }
        case .command:
            return reader.required(.command, RemoteMachineReader.command)
                .map(ConsoleOrigin.command)
        }
    }

    private static func rfc2217(_ value: Value) -> ConsoleOrigin? {
        guard let reader = MappingReader<RFC2217Key>(value) else { return nil }
        let address = reader.required(.address, address)
        let speed: UInt32 = reader.optional(.speed, default: 115_200) { $0.count(50...4_000_000) }
        return address.map { .rfc2217($0, speed: speed) }
    }

    private static func conserver(_ value: Value) -> ConsoleOrigin? {
        guard let reader = MappingReader<ConserverKey>(value) else { return nil }
        let console = reader.required(.console) { RemoteMachineReader.host($0) }
        let host = reader.optional(.host, default: "localhost", RemoteMachineReader.host)
        let port: UInt16? = reader.optional(.port) { $0.count(1...65_535) }
        return console.map { .conserver(ConserverAccess(console: $0, host: host, port: port)) }
    }

    private static func serialOverLAN(_ value: Value, _ power: PowerSource?) -> ConsoleOrigin? {
        guard let isWanted = value.boolean() else { return nil }
        guard isWanted, case .ipmi(let access) = power else {
            return value.complain(
                isWanted
                    ? "serial over LAN needs a BMC; write it as `ipmi` under `power`"
                    : "leave the console out where there is none", as: ConsoleOrigin.self)
        }
        return .serialOverLAN(access)
    }

    /// Reads a host and a port with a colon between them; an IPv6 address stands in brackets.
    private static func address(_ value: Value) -> NetworkAddress? {
        guard let text = RemoteMachineReader.host(value) else { return nil }
        let colon = text.lastIndex(of: ":")
        let port = colon.flatMap { UInt16(text[text.index(after: $0)...]) } ?? 0
        var host = colon.map { text[..<$0] } ?? ""
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard port > 0, !host.isEmpty else {
            return value.complain(
                "'\(shortened(text))' is no address of a console; write HOST:PORT",
                as: NetworkAddress.self)
        }
        return NetworkAddress(host: String(host), port: port)
    }
}
