// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// What QEMU is told of one device of a board.
struct DeviceArguments {
    let device: MachineDevice
    let folder: RunFolder
    /// Whether no other function sits in the device's slot.
    var isAlone = true

    /// The options that make the device, with all that it needs.
    var words: [String] {
        back.flatMap { $0 } + bridge + ["-device", "\(front),\(place)"] + behind
    }

    /// The device alone, as the monitor's `device_add` takes it once it was unplugged.
    var plugging: String { "\(front),\(place)" }

    /// What the device is, as the option `-device` says it.
    private var front: String {
        let id = "id=\(device.id)"
        switch device.model {
        // Without it the engine puts no more than 28 bits of an address on the bus.
        case .edu: return "edu,\(id),dma_mask=0xffffffffffff"
        case .e1000e: return "e1000e,\(id),netdev=\(device.id)-net,romfile="
        case .nvme(_, virtualFunctions: 0):
            return "nvme,\(id),drive=\(device.id)-disk,serial=\(device.id)"
        case .nvme(_, let functions):
            return "nvme,\(id),serial=\(device.id),subsys=\(device.id)-sub,"
                + Self.sharing(functions)
        case .virtioRandom: return "virtio-rng-pci,\(id)"
        }
    }

    /// Where it sits.
    private var place: String {
        if device.isBehindRootPort { return "bus=\(port)" }
        if isAlone { return "addr=\(device.slot)" }
        return "addr=\(device.slot).\(device.function),multifunction=on"
    }

    private var port: String { "\(device.id)-port" }

    private var bridge: [String] {
        guard device.isBehindRootPort else { return [] }
        return [
            "-device", "pcie-root-port,id=\(port),chassis=\(device.slot),addr=\(device.slot)",
        ]
    }

    /// What must be there before it.
    private var back: [[String]] {
        switch device.model {
        case .edu, .virtioRandom: return []
        case .e1000e: return [["-netdev", "user,id=\(device.id)-net,restrict=on"]]
        case .nvme(_, let functions):
            let file = QEMUArguments.quoted(folder.disk(of: device).string)
            let drive = ["-drive", "file=\(file),format=raw,if=none,id=\(device.id)-disk"]
            return functions == 0
                ? [drive] : [drive, ["-device", "nvme-subsys,id=\(device.id)-sub"]]
        }
    }

    /// A controller that shares its queues has its namespace beside it, not in it
    /// (`nvme_realize`, hw/nvme/ctrl.c, 7.2).
    private var behind: [String] {
        guard case .nvme(_, let functions) = device.model, functions > 0 else { return [] }
        return ["-device", "nvme-ns,drive=\(device.id)-disk,bus=\(device.id)"]
    }

    /// Queues and vectors enough that each virtual function can have two of the one and one of the
    /// other (`nvme_check_constraints`, hw/nvme/ctrl.c, 7.2).
    private static func sharing(_ functions: Int) -> String {
        "sriov_max_vfs=\(functions),sriov_vq_flexible=\(3 * functions),"
            + "sriov_vi_flexible=\(2 * functions),max_ioqpairs=16,msix_qsize=17"
    }
}
