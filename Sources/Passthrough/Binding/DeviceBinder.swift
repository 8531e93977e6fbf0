// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import SecureShell
package import Vocabulary

/// Gives PCI functions to vfio-pci, and back to whoever had them.
///
/// By `driver_override` and `drivers_probe` (`Documentation/ABI/testing/sysfs-bus-pci`), so that no
/// other function of the same id is touched.
package struct DeviceBinder: Sendable {
    private let files: any BoardFiles
    private let lifelines: BoardLifelines

    package static let vfioDriver = "vfio-pci"

    package init(files: any BoardFiles, lifelines: BoardLifelines) {
        self.files = files
        self.lifelines = lifelines
    }

    /// Takes a function from its driver, with all others of its group, and names the group.
    ///
    /// A function that no driver ever probed gets its group only now (device-tree boots).
    /// - Throws: `PassthroughError`, `BoardFileError`.
    package func take(_ address: PCIAddress) async throws -> TakenDevice {
        try refuseLifeline(address)
        try await bind(address)
        let group = try await group(of: address)
        for member in group.members where member != address {
            if let carries = lifelines.purposes[member] {
                throw PassthroughError.sharesGroup(address, with: member, carries: carries)
            }
            if try await isEndpoint(member) { try await bind(member) }
        }
        return TakenDevice(address: address, group: group.number, members: group.members)
    }

    private func refuseLifeline(_ address: PCIAddress) throws(PassthroughError) {
        if let carries = lifelines.purposes[address] {
            throw .lifeline(address, carries: carries)
        }
    }

    private func bind(_ address: PCIAddress) async throws {
        let device = Self.folder(of: address)
        guard let override = try await files.textIfPresent(of: device.appending("driver_override"))
        else { throw PassthroughError.noSuchDevice(address) }
        let driver = try await driver(of: address)
        guard driver != Self.vfioDriver else { return }
        let note = DriverNote(
            address: address, driver: driver, override: Self.meaning(ofOverride: override))
        try await files.makeDirectory(DriverNote.folder)
        try await files.create(note.path, holding: note.text)
        try await files.write(Self.vfioDriver, to: device.appending("driver_override"))
        try await rebind(address, from: driver, to: Self.vfioDriver)
    }

    /// Gives every function back that a note tells of, and lists them; also one a dead run left.
    ///
    /// It goes on after a function that cannot be given back, and throws the first such error then.
    package func giveBackAll() async throws -> [DriverNote] {
        var returned: [DriverNote] = []
        var firstError: (any Error)?
        for name in try await files.entriesIfPresent(of: DriverNote.folder) ?? [] {
            guard let address = PCIAddress(name) else { continue }
            do {
                returned.append(try await giveBack(address))
            } catch {
                firstError = firstError ?? error
            }
        }
        if let firstError { throw firstError }
        return returned
    }

    private func giveBack(_ address: PCIAddress) async throws -> DriverNote {
        let path = DriverNote.folder.appending(address.description)
        // A note that was cut short still says that the function is not where it was.
        let note =
            DriverNote(address: address, text: try await files.text(of: path))
            ?? DriverNote(address: address, driver: nil, override: nil)
        let device = Self.folder(of: address)
        // A lone newline clears it (drivers/pci/pci-sysfs.c, driver_override_store, 6.1).
        try await files.write(
            note.override ?? "\n", to: device.appending("driver_override"))
        let holder = try await driver(of: address)
        try await rebind(address, from: holder, to: note.driver)
        try await files.remove(path)
        return note
    }

    private func rebind(
        _ address: PCIAddress, from holder: String?, to wanted: String?
    ) async throws {
        if let holder, holder != wanted {
            let place = Self.folder(of: address).appending("driver/unbind")
            try await files.write(address.description, to: place)
        }
        guard let wanted else { return }
        if holder != wanted {
            try await files.write(
                address.description, to: RemotePath("/sys/bus/pci/drivers_probe"))
        }
        let found = try await driver(of: address)
        guard found == wanted else {
            throw PassthroughError.notBound(address, wanted: wanted, found: found)
        }
    }
}

extension DeviceBinder {
    private static func folder(of address: PCIAddress) -> RemotePath {
        RemotePath("/sys/bus/pci/devices/\(address)")
    }

    /// sysfs prints an override that is not set as `(null)`.
    private static func meaning(ofOverride text: String) -> String? {
        let word = text.split(separator: "\n").first.map(String.init) ?? ""
        return word.isEmpty || word == "(null)" ? nil : word
    }

    private func driver(of address: PCIAddress) async throws -> String? {
        let link = Self.folder(of: address).appending("driver")
        return try await files.targetIfPresent(ofLink: link).map(SysfsPath.lastComponent)
    }

    private func group(
        of address: PCIAddress
    ) async throws -> (number: UInt32, members: [PCIAddress]) {
        let link = Self.folder(of: address).appending("iommu_group")
        guard let target = try await files.targetIfPresent(ofLink: link),
            let number = UInt32(SysfsPath.lastComponent(of: target))
        else { throw PassthroughError.noGroup(address) }
        let folder = RemotePath("/sys/kernel/iommu_groups/\(number)/devices")
        return (number, try await files.entries(of: folder).compactMap { PCIAddress($0) }.sorted())
    }

    /// Bridges stay with their port driver: VFIO accepts a group with them in it.
    private func isEndpoint(_ address: PCIAddress) async throws -> Bool {
        let kind = try await files.text(of: Self.folder(of: address).appending("class"))
        return !kind.hasPrefix("0x0604")
    }
}

/// A function that vfio-pci holds for us.
package struct TakenDevice: Sendable, Hashable {
    package let address: PCIAddress
    /// The number of its IOMMU group, the name of its file in `/dev/vfio`.
    package let group: UInt32
    package let members: [PCIAddress]

    package init(address: PCIAddress, group: UInt32, members: [PCIAddress]) {
        self.address = address
        self.group = group
        self.members = members
    }
}
