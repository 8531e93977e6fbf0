// SPDX-License-Identifier: GPL-3.0-or-later

/// Whose fault it is that no verdict could be reached.
///
/// Only `kernel` and `bench` may steer a bisection: the other two say something about us.
package enum FaultKind: String, Sendable, Codable, CaseIterable {
    /// The kernel under test did not boot, panicked or hung.
    case kernel
    /// Power, network, SSH, the machine of the controller.
    case bench
    /// A suite, lab or command line asks for something impossible.
    case suite
    /// A bug of this program.
    case harness
}
