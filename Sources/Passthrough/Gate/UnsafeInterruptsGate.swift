// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import SecureShell

/// The switch `vfio_iommu_type1.allow_unsafe_interrupts`, writable at run time.
package struct UnsafeInterruptsGate: Sendable {
    private let files: any BoardFiles
    private static let parameter = RemotePath(
        "/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts")

    package init(files: any BoardFiles) { self.files = files }

    /// Whether unsafe interrupts are allowed now.
    package func isOpen() async throws -> Bool {
        try await files.text(of: Self.parameter).hasPrefix("Y")
    }

    /// Allows or forbids; only later attaches are affected.
    package func set(open: Bool) async throws {
        try await files.write(open ? "Y" : "N", to: Self.parameter)
    }
}
