// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Vocabulary

/// QEMU's command line for a board, as a pure function of what the board is.
package struct QEMUArguments {
    package static let tool = "qemu-system-aarch64"

    package let spec: MachineSpec
    package let image: BoardImage
    package let folder: RunFolder

    package init(spec: MachineSpec, image: BoardImage, folder: RunFolder) {
        self.spec = spec
        self.image = image
        self.folder = folder
    }

    /// The arguments, without the tool's name.
    package var words: [String] {
        machine + boot + console + observer + sshNetwork + spec.devices.flatMap(words(of:))
    }

    /// The slot of the network card that carries SSH.
    private static let sshSlot = 1

    private var machine: [String] {
        let options = [
            "virt", "gic-version=\(spec.interruptController.version)",
            spec.hasSMMU ? "iommu=smmuv3" : "iommu=none",
            "virtualization=\(spec.hasVirtualization ? "on" : "off")",
        ]
        return [
            "-name", Self.quoted(spec.name), "-machine", options.joined(separator: ","),
            "-cpu", spec.cpu, "-smp", "\(spec.cpus)", "-m", "\(spec.memory.rawValue >> 20)M",
            "-nodefaults", "-no-user-config", "-display", "none",
        ] + (spec.firmwareWait > .zero ? ["-S"] : [])
    }

    private var boot: [String] {
        let kernelWords = [
            "console=ttyAMA0", "random.trust_bootloader=on", "doorbell.board=\(spec.name)",
        ]
        return [
            "-kernel", image.kernel.image.string, "-initrd", image.initrd.string,
            "-append", (kernelWords + spec.kernelWords).joined(separator: " "),
        ]
    }

    /// The serial port is QEMU's standard output: nothing can come before it is listened to.
    private var console: [String] {
        [
            "-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console",
            "-chardev", "socket,id=qmp,path=\(Self.quoted(folder.monitorSocket.string))",
            "-mon", "chardev=qmp,mode=control",
        ]
    }

    private var observer: [String] {
        guard spec.isObserved else { return [] }
        return TracePoint.all(on: spec).flatMap { ["-trace", "enable=\($0)"] }
            + ["-trace", "file=\(Self.quoted(folder.tracePipe.string))"]
    }

    /// Port 0 lets the system choose; QEMU tells afterwards which one it got.
    private var sshNetwork: [String] {
        [
            "-netdev", "user,id=ssh,restrict=on,hostfwd=tcp:127.0.0.1:0-:22",
            "-device", "virtio-net-pci,netdev=ssh,addr=\(Self.sshSlot),romfile=",
        ]
    }

    private func words(of device: MachineDevice) -> [String] {
        let others = spec.devices.filter { $0.slot == device.slot }
        return DeviceArguments(device: device, folder: folder, isAlone: others.count == 1).words
    }

    /// In QEMU's option lists a comma is written twice.
    static func quoted(_ text: String) -> String {
        text.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,")
    }
}
