// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import SecureShell
package import Vocabulary

/// The PCI functions that a board cannot live without while we work on it.
///
/// Taking the card that carries our own SSH connection, or the disk below the root file system,
/// would lose the board in the middle of a case. Such a device is refused by name.
package struct BoardLifelines: Sendable, Hashable {
    /// What each protected function carries: "the SSH connection (eth0)".
    package let purposes: [PCIAddress: String]

    package init(purposes: [PCIAddress: String]) { self.purposes = purposes }

    /// Reads from a running board what it hangs on.
    ///
    /// The controller's address is the one that the board sees, the first word of
    /// `SSH_CONNECTION`; where it is not known, every interface with a route is protected.
    package static func read(
        from files: any BoardFiles, controller: String?
    ) async throws -> BoardLifelines {
        var purposes: [PCIAddress: String] = [:]
        for interface in try await interfaces(from: files, controller: controller) {
            for address in try await functions(below: interface, files: files) {
                purposes[address] = "the SSH connection (\(interface))"
            }
        }
        let mounts = MountTable(try await files.text(of: RemotePath("/proc/self/mountinfo")))
        for (device, place) in mounts.blockDevices.sorted(by: { $0.key < $1.key }) {
            for address in try await functions(holding: device, files: files) {
                purposes[address] = "the file system mounted on \(place)"
            }
        }
        return BoardLifelines(purposes: purposes)
    }

    private static func interfaces(
        from files: any BoardFiles, controller: String?
    ) async throws -> Set<String> {
        let tables = try await files.carryOut([
            .read("/proc/net/route"), .read("/proc/net/ipv6_route"),
        ])
        let routes = RouteTable(
            ipv4: try tables[0].ifPresent?.text() ?? "",
            ipv6: try tables[1].ifPresent?.text() ?? "")
        if let controller, let interface = routes.interface(towards: controller) {
            return [interface]
        }
        return routes.interfaces
    }

    /// Follows bridges and bonds down to the cards below them.
    private static func functions(
        below interface: String, files: any BoardFiles
    ) async throws -> [PCIAddress] {
        var found: [PCIAddress] = []
        var waiting = [interface]
        var seen: Set<String> = []
        while let name = waiting.popLast(), seen.insert(name).inserted {
            let place = RemotePath("/sys/class/net/\(name)")
            let reports = try await files.carryOut([.readLink(place), .list(place)])
            found += SysfsPath.functions(in: try reports[0].ifPresent?.target() ?? "")
            let entries = try reports[1].ifPresent?.names() ?? []
            waiting += entries.filter { $0.hasPrefix("lower_") }.map { String($0.dropFirst(6)) }
        }
        return found
    }

    /// Follows logical volumes, encryption and arrays down to the disks below them.
    private static func functions(
        holding device: String, files: any BoardFiles
    ) async throws -> [PCIAddress] {
        var found: [PCIAddress] = []
        var waiting = ["/sys/dev/block/\(device)"]
        var seen: Set<String> = []
        while let name = waiting.popLast(), seen.insert(name).inserted {
            let place = RemotePath(name)
            let reports = try await files.carryOut([
                .readLink(place), .list(place.appending("slaves")),
            ])
            found += SysfsPath.functions(in: try reports[0].ifPresent?.target() ?? "")
            let parts = try reports[1].ifPresent?.names() ?? []
            waiting += parts.map { "/sys/class/block/\($0)" }
        }
        return found
    }
}
