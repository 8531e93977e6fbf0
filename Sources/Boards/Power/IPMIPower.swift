// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
import Vocabulary

/// Power that a BMC switches over IPMI, through ipmitool.
package struct IPMIPower: PowerDriver {
    private let access: IPMIAccess

    package init(_ access: IPMIAccess) { self.access = access }

    package var title: String { access.title }
    /// A BMC says `on` before, during and after its own cycle: off and on can be read back.
    package var hasOwnCycle: Bool { false }

    /// Tells the BMC, and believes it that it has understood.
    package func carryOut(_ action: PowerAction, deadline: Deadline) async throws {
        // ipmitool exits with 1 when the BMC refuses; its exit status tells nothing more.
        _ = try await access.run(["power", action.rawValue], deadline: deadline)
    }

    /// Reads the sentence: the exit status of `power status` is 0 whatever the state.
    package func state(deadline: Deadline) async throws -> PowerState? {
        let text = try await access.run(["power", "status"], deadline: deadline)
        guard let state = Self.state(in: text) else {
            throw IPMIError(
                bmc: title, action: "tell the state of the power",
                cause: .strange(IPMIError.lastLine(of: text)))
        }
        return state
    }

    /// Finds the state in what `ipmitool power status` prints; nothing where it does not stand.
    package static func state(in text: String) -> PowerState? {
        for line in text.split(whereSeparator: \.isNewline) {
            switch line.trimmingPrefix("Chassis Power is ") {
            case "on" where line != "on": return .on
            case "off" where line != "off": return .off
            default: continue
            }
        }
        return nil
    }
}
