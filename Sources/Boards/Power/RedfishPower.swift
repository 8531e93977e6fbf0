// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
import VirtualBoards
import Vocabulary

/// Power that a BMC switches over Redfish (DMTF DSP0266).
package struct RedfishPower: PowerDriver {
    private let access: RedfishAccess

    package init(_ access: RedfishAccess) { self.access = access }

    package var title: String { "the Redfish service at \(access.url)" }
    package var hasOwnCycle: Bool { false }

    /// Asks for the state first: many services refuse to switch on what is on.
    package func carryOut(_ action: PowerAction, deadline: Deadline) async throws {
        let system = try await system(deadline: deadline)
        if Self.state(of: system)?.rawValue == action.rawValue { return }
        let reset = system["Actions"]?["#ComputerSystem.Reset"]
        let path = reset?["target"]?.string ?? systemPath + "/Actions/ComputerSystem.Reset"
        guard path.hasPrefix("/"), !path.hasPrefix("//") else {
            throw strange("switch the power", "its reset action lies elsewhere: \(path)")
        }
        var request = try request(path, "switch the power \(action.rawValue)")
        request.body = "{\"ResetType\": \"\(Self.resetType(for: action))\"}"
        _ = try await request.success(deadline: deadline)
    }

    /// Reads the state; while the board changes to another, it is the one that it changes from.
    package func state(deadline: Deadline) async throws -> PowerState? {
        let system = try await system(deadline: deadline)
        guard let state = Self.state(of: system) else {
            let word = system["PowerState"]?.string ?? "none"
            throw strange("tell the state of the power", "its PowerState is \(word)")
        }
        return state
    }

    /// The words of ComputerSystem's `PowerState` (DMTF DSP2046).
    private static func state(of system: JSONValue) -> PowerState? {
        switch system["PowerState"]?.string {
        case "On", "PoweringOff", "Paused": .on
        case "Off", "PoweringOn": .off
        default: nil
        }
    }

    /// A board under test may hang: off must not wait for its kernel.
    private static func resetType(for action: PowerAction) -> String {
        action == .off ? "ForceOff" : "On"
    }

    private var systemPath: String { "/redfish/v1/Systems/\(access.system)" }

    private func system(deadline: Deadline) async throws -> JSONValue {
        let action = "tell of its system \(access.system)"
        let text = try await request(systemPath, action).success(deadline: deadline)
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else {
            throw strange(action, "what it answered is no JSON")
        }
        return value
    }

    private func request(_ path: String, _ action: String) throws -> WebRequest {
        let login = WebRequest.Login(
            user: access.user, password: try access.passwordFile.password())
        return WebRequest(
            url: access.url + path, title: title, action: action, login: login,
            certificate: access.certificate)
    }

    private func strange(_ action: String, _ words: String) -> WebError {
        WebError(title: title, action: action, cause: .strange(words))
    }
}

/// How a Redfish service is reached: where it is and who we are.
package struct RedfishAccess: Sendable, Hashable {
    /// Scheme, host and port, without a slash at the end.
    package let url: String
    /// What the service calls the board, the last word of its path under `Systems`.
    package let system: String
    package let user: String
    package let passwordFile: SecretFile
    /// PEM: the certificate of the service or of who signed it, trusted in place of the system's.
    package let certificate: FilePath?

    package init(
        url: String, system: String, user: String, passwordFile: SecretFile,
        certificate: FilePath? = nil
    ) {
        (self.url, self.system, self.user) = (url, system, user)
        (self.passwordFile, self.certificate) = (passwordFile, certificate)
    }

    /// The same service, with its files below a folder unless their paths are whole ones.
    package func inFolder(_ folder: FilePath) -> RedfishAccess {
        RedfishAccess(
            url: url, system: system, user: user,
            passwordFile: SecretFile(folder.pushing(passwordFile.path)),
            certificate: certificate.map { folder.pushing($0) })
    }
}
