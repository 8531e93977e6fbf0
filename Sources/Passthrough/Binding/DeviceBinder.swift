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
        let group = try await bind(address)
        for member in group.members where member != address {
            if let carries = lifelines.purposes[member] {
                throw PassthroughError.sharesGroup(address, with: member, carries: carries)
            }
            if try await isEndpoint(member) { _ = try await bind(member) }
        }
        return TakenDevice(address: address, group: group.number, members: group.members)
    }

    private func refuseLifeline(_ address: PCIAddress) throws(PassthroughError) {
        if let carries = lifelines.purposes[address] {
            throw .lifeline(address, carries: carries)
        }
    }

    /// Binds a function to vfio-pci, unless it is, and reads its group.
    private func bind(_ address: PCIAddress) async throws -> Group {
        let device = Self.folder(of: address)
        let state = try await files.carryOut([
            .read(device.appending("driver_override")), .readLink(device.appending("driver")),
            .makeDirectory(DriverNote.folder),
        ])
        guard let override = try state[0].ifPresent?.text() else {
            throw PassthroughError.noSuchDevice(address)
        }
        let driver = try Self.driver(in: state[1])
        guard driver != Self.vfioDriver else { return try await group(of: address) }
        try state[2].succeeded()
        let note = DriverNote(
            address: address, driver: driver, override: Self.meaning(ofOverride: override))
        let chain: [FileErrand] = [
            .create(note.path, holding: note.text),
            .write(Self.vfioDriver, to: device.appending("driver_override")),
        ]
        let after = try await files.carryOut(
            chain: chain + Self.rebinding(address, from: driver, to: Self.vfioDriver),
            then: [.readLink(device.appending("driver"))] + Self.groupErrands(address))
        try Self.check(address, wanted: Self.vfioDriver, found: Self.driver(in: after[0]))
        return try Self.group(of: address, in: after.dropFirst())
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

    /// Gives one function back to whoever had it before it was taken.
    /// - Throws: `PassthroughError`, `BoardFileError`, also where no note tells of it.
    package func giveBack(_ address: PCIAddress) async throws -> DriverNote {
        let path = DriverNote.folder.appending(address.description)
        let device = Self.folder(of: address)
        let link = device.appending("driver")
        let state = try await files.carryOut([.read(path), .readLink(link)])
        // A note that was cut short still says that the function is not where it was.
        let note =
            DriverNote(address: address, text: try state[0].text())
            ?? DriverNote(address: address, driver: nil, override: nil)
        // A lone newline clears it (drivers/pci/pci-sysfs.c, driver_override_store, 6.1).
        let clearing = FileErrand.write(
            note.override ?? "\n", to: device.appending("driver_override"))
        let holder = try Self.driver(in: state[1])
        let after = try await files.carryOut(
            chain: [clearing] + Self.rebinding(address, from: holder, to: note.driver),
            then: [.readLink(link)])
        if let wanted = note.driver {
            try Self.check(address, wanted: wanted, found: Self.driver(in: after[0]))
        }
        try await files.remove(path)
        return note
    }

    /// What moves a function from one driver to another, or to none.
    private static func rebinding(
        _ address: PCIAddress, from holder: String?, to wanted: String?
    ) -> [FileErrand] {
        guard holder != wanted else { return [] }
        var chain: [FileErrand] = []
        if holder != nil {
            chain.append(
                .write(address.description, to: folder(of: address).appending("driver/unbind")))
        }
        if wanted != nil {
            chain.append(
                .write(address.description, to: RemotePath("/sys/bus/pci/drivers_probe")))
        }
        return chain
    }

    private static func check(
        _ address: PCIAddress, wanted: String, found: String?
    ) throws(PassthroughError) {
        guard found == wanted else {
            throw .notBound(address, wanted: wanted, found: found)
        }
    }
}

extension DeviceBinder {
    /// An IOMMU group: its number, and the functions in it in order.
    private struct Group {
        let number: UInt32
        let members: [PCIAddress]
    }

    private static func folder(of address: PCIAddress) -> RemotePath {
        RemotePath("/sys/bus/pci/devices/\(address)")
    }

    /// sysfs prints an override that is not set as `(null)`.
    private static func meaning(ofOverride text: String) -> String? {
        let word = text.split(separator: "\n").first.map(String.init) ?? ""
        return word.isEmpty || word == "(null)" ? nil : word
    }

    /// The driver's name from what its link told; nothing where no driver has the function.
    private static func driver(in report: FileReport) throws -> String? {
        try report.ifPresent.map { SysfsPath.lastComponent(of: try $0.target()) }
    }

    private func group(of address: PCIAddress) async throws -> Group {
        try Self.group(of: address, in: try await files.carryOut(Self.groupErrands(address))[...])
    }

    /// The group's link, and the functions behind it.
    private static func groupErrands(_ address: PCIAddress) -> [FileErrand] {
        let link = folder(of: address).appending("iommu_group")
        return [.readLink(link), .list(link.appending("devices"))]
    }

    private static func group(
        of address: PCIAddress, in reports: ArraySlice<FileReport>
    ) throws -> Group {
        guard let link = reports.first, let list = reports.last,
            let target = try link.ifPresent?.target(),
            let number = UInt32(SysfsPath.lastComponent(of: target))
        else { throw PassthroughError.noGroup(address) }
        return Group(
            number: number, members: try list.names().compactMap { PCIAddress($0) }.sorted())
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
