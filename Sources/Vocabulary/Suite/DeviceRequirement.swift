// SPDX-License-Identifier: GPL-3.0-or-later

/// What a device must be to serve in a case.
package struct DeviceRequirement: Hashable, Sendable, Codable {
    /// The kinds that the harness knows by name.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// QEMU's teaching device, 1234:11e8.
        case edu
        /// Intel 82574L, 8086:10d3.
        case e1000e
        /// Intel 82576, 8086:10c9.
        case igb
        /// QEMU's `ivshmem-doorbell`, 1af4:1110.
        case ivshmem
        /// Any NVMe controller, class 01:08:02.
        case nvme
        /// Whatever has the PCI id or class that stands beside it.
        case other
    }

    /// The function's own words for what it is.
    package enum Identity: Hashable, Sendable, Codable {
        /// Vendor and device.
        case id(vendor: UInt16, device: UInt16)
        /// Base class and subclass.
        case classCode(UInt16)
    }

    /// By which of its ways the device is made to ring.
    package enum Stimulus: String, Hashable, Sendable, Codable, CaseIterable {
        /// The register that raises at once.
        case register
        /// The end of a computation: edu's factorial.
        case factorial
    }

    package let kind: Kind
    /// Which device it is where `kind` is `other`.
    package let identity: Identity?
    /// Nothing for the device's usual way.
    package let stimulus: Stimulus?
    /// Whether an SR-IOV virtual function is asked for; nothing else is one by accident.
    package var isVirtualFunction: Bool? = nil
    /// The device whose IOMMU group it must share, by how the two sit on the bus.
    package var groupMate: DeviceName? = nil

    package init(kind: Kind, stimulus: Stimulus? = nil) {
        self.kind = kind
        identity = nil
        self.stimulus = stimulus
    }

    /// Asks for a device by what its configuration space says.
    package init(identity: Identity) {
        kind = .other
        self.identity = identity
        stimulus = nil
    }
}

extension DeviceRequirement.Kind: CaseIterable {
    /// The kinds that a suite can name; `other` is never named.
    package static let allCases: [Self] = [.edu, .e1000e, .igb, .ivshmem, .nvme]
}

extension DeviceRequirement: CustomStringConvertible {
    /// The kind, the id or the class: "edu", "8086:10d3", "class 0108".
    package var description: String {
        isVirtualFunction == true ? "virtual function of \(plain)" : plain
    }

    private var plain: String {
        switch identity {
        case .id(let vendor, let device):
            "\(Hexadecimal.digits(UInt64(vendor), width: 4)):\(Hexadecimal.digits(UInt64(device), width: 4))"
        case .classCode(let code): "class \(Hexadecimal.digits(UInt64(code), width: 4))"
        case nil: kind.rawValue
        }
    }
}
