// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import SecureShell
import Vocabulary

/// Switches on the virtual functions that a lab file gives to a board's devices.
///
/// It is done before the board is surveyed, so that cases find them like any other function. Host
/// drivers stay away: an NVMe controller's virtual functions have no queues yet, and a probe would
/// wait for them in vain.
enum VirtualFunctions {
    /// Switches them on through sysfs (`Documentation/PCI/pci-iov-howto.rst`, 6.1).
    /// - Throws: `MissingVirtualFunctions` with what the kernel said.
    static func switchOn(_ board: Board, on files: AgentFiles) async throws {
        guard case .qemu(let machine) = board.reach else { return }
        for device in machine.devices where device.virtualFunctions > 0 {
            guard let address = device.address else { continue }
            let folder = RemotePath("/sys/bus/pci/devices/\(address)")
            do {
                _ = try await files.carryOut(
                    chain: [
                        .write("0", to: folder.appending("sriov_drivers_autoprobe")),
                        .write("\(device.virtualFunctions)", to: folder.appending("sriov_numvfs")),
                    ], then: [])
            } catch let error as BoardFileError {
                throw MissingVirtualFunctions(
                    board: board.name, device: address, count: device.virtualFunctions,
                    cause: error)
            }
        }
    }
}

extension VirtualDevice {
    /// Where the board's kernel sees it; nothing where a bridge stands above it.
    fileprivate var address: PCIAddress? {
        guard !isBehindRootPort else { return nil }
        return PCIAddress(bus: 0, device: UInt8(slot), function: UInt8(function))
    }
}

/// A board whose kernel does not switch on what the lab file promises.
struct MissingVirtualFunctions: Blame, Hashable {
    let board: BoardName
    let device: PCIAddress
    let count: Int
    let cause: BoardFileError

    var kind: FaultKind { .kernel }

    var account: Account {
        Account(
            subject: "board \(board)", action: "switch on \(count) virtual functions of \(device)",
            cause: "\(cause)",
            remedy: "The kernel needs CONFIG_PCI_IOV, and a driver of the device that allows it.")
    }
}
