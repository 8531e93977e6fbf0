// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import SecureShell

/// The switch `vfio_iommu_type1.allow_unsafe_interrupts`, writable at run time.
///
/// How it stood before we touched it is noted on the board itself, as with drivers: a controller
/// that dies leaves the note, and the next run repairs.
package struct UnsafeInterruptsGate: Sendable {
    private let files: any BoardFiles
    private static let parameter = RemotePath(
        "/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts")
    /// In `/run`, because a reboot undoes the parameter too.
    private static let folder = RemotePath("/run/doorbell")
    private static let note = folder.appending("unsafe-interrupts")

    package init(files: any BoardFiles) { self.files = files }

    /// Whether unsafe interrupts are allowed now.
    package func isOpen() async throws -> Bool {
        try await files.text(of: Self.parameter).hasPrefix("Y")
    }

    /// Allows or forbids; only later attaches are affected.
    package func set(open: Bool) async throws {
        if try await files.textIfPresent(of: Self.note) == nil {
            let before = try await isOpen()
            try await files.makeDirectory(Self.folder)
            try await files.create(Self.note, holding: Self.word(before))
        }
        try await write(open)
    }

    /// Puts it back to how it stood before it was first set; also after a run that died.
    ///
    /// Nothing is done where nothing was set. A note that was cut short is taken for closed, as
    /// the kernel has it at boot.
    package func giveBack() async throws {
        guard let before = try await files.textIfPresent(of: Self.note) else { return }
        try await write(before.hasPrefix("Y"))
        try await files.remove(Self.note)
    }

    private func write(_ open: Bool) async throws {
        try await files.write(Self.word(open), to: Self.parameter)
    }

    private static func word(_ open: Bool) -> String { open ? "Y" : "N" }
}
