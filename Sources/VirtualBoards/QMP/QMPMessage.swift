// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// One message of QEMU's machine protocol (QEMU 7.2, docs/interop/qmp-spec.txt).
package enum QMPMessage: Sendable, Equatable {
    case greeting(QEMUVersion)
    case reply(id: Int?, JSONValue)
    case refusal(id: Int?, class: String, description: String)
    case event(QMPEvent)

    /// Reads one line.
    /// - Throws: `QMPError.garbage` with the line.
    package init(line: [UInt8]) throws(QMPError) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(line)),
            let message = QMPMessage(value)
        else { throw .garbage(line: String(decoding: line.prefix(400), as: UTF8.self)) }
        self = message
    }

    private init?(_ value: JSONValue) {
        let id = value["id"]?.number.flatMap { Int(exactly: $0) }
        if let greeting = value["QMP"] {
            guard let version = QEMUVersion(greeting["version"]) else { return nil }
            self = .greeting(version)
        } else if let result = value["return"] {
            self = .reply(id: id, result)
        } else if let error = value["error"] {
            guard let kind = error["class"]?.string, let text = error["desc"]?.string else {
                return nil
            }
            self = .refusal(id: id, class: kind, description: text)
        } else if let name = value["event"]?.string {
            self = .event(QMPEvent(name: name, data: value["data"] ?? .null))
        } else {
            return nil
        }
    }
}

/// Something QEMU tells unasked: `SHUTDOWN`, `RESET`, `DEVICE_DELETED`.
package struct QMPEvent: Sendable, Hashable {
    package let name: String
    package let data: JSONValue
}

/// Which QEMU it is, from its own greeting.
package struct QEMUVersion: Sendable, Hashable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let micro: Int
    /// What the distributor calls it: `Debian 1:7.2+dfsg-7+deb12u18+b3`; may be empty.
    package let package: String

    package var description: String {
        "\(major).\(minor).\(micro)" + (package.isEmpty ? "" : " (\(package))")
    }

    package init?(_ value: JSONValue?) {
        guard let numbers = value?["qemu"], let major = numbers["major"]?.number,
            let minor = numbers["minor"]?.number, let micro = numbers["micro"]?.number,
            let exact = (Int(exactly: major), Int(exactly: minor), Int(exactly: micro))
                as? (Int, Int, Int)
        else { return nil }
        (self.major, self.minor, self.micro) = exact
        package = value?["package"]?.string ?? ""
    }
}
