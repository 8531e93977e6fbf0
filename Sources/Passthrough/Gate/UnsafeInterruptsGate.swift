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
        let state = try await files.carryOut([
            .read(Self.note), .read(Self.parameter), .makeDirectory(Self.folder),
        ])
        var chain = [Self.switching(open)]
        if try state[0].ifPresent?.text() == nil {
            let before = try state[1].text().hasPrefix("Y")
            try state[2].succeeded()
            // First the note: a switch that was thrown without one would stay so.
            chain.insert(.create(Self.note, holding: Self.word(before)), at: 0)
        }
        _ = try await files.carryOut(chain: chain, then: [])
    }

    /// Puts it back to how it stood before it was first set; also after a run that died.
    ///
    /// Nothing is done where nothing was set. A note that was cut short is taken for closed, as
    /// the kernel has it at boot.
    package func giveBack() async throws {
        guard let before = try await files.textIfPresent(of: Self.note) else { return }
        _ = try await files.carryOut(
            chain: [Self.switching(before.hasPrefix("Y")), .remove(Self.note)], then: [])
    }

    private static func switching(_ open: Bool) -> FileErrand {
        .write(word(open), to: parameter)
    }

    private static func word(_ open: Bool) -> String { open ? "Y" : "N" }
}
