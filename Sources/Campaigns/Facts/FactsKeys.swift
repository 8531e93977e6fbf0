// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel

/// The keys of a board description.
enum FactsKey: String, CaseIterable {
    case name, summary, source, kernel, controllers, smmus, devices, interface
    case pageSize = "page-size"
    case apertureBits = "aperture-bits"
    case smmuPages = "smmu-pages"
    case stageTwoOnly = "stage-two-only"
    case defaultDomain = "default-domain"
    case hardwareWindows = "hardware-windows"
}

/// The keys of an MSI controller.
enum ControllerKey: String, CaseIterable {
    case name, kind, base, interrupts, size
}

/// The kinds of MSI controller.
enum ControllerWord: String, CaseIterable {
    case gicv2m, its, graviton, mbi
    case preITS = "pre-its"

    /// Whether it raises interrupts of a range, and no ITS numbers events.
    var hasInterrupts: Bool { self == .gicv2m || self == .graviton || self == .mbi }
}

/// The keys of an SMMU.
enum SMMUKey: String, CaseIterable {
    case name, architecture, base
}

/// The words for an SMMU's architecture.
enum SMMUWord: String, CaseIterable {
    case smmuv1, smmuv2, smmuv3

    var architecture: SMMUIdentity.Architecture {
        self == .smmuv3 ? .version3 : .version1Or2
    }
}

/// The keys of a device of a described board.
enum DescribedDeviceKey: String, CaseIterable {
    case kind, address, controller, smmu, group
    case maskBits = "mask-bits"
    case virtualFunction = "virtual-function"
}

/// The keys of a range that hardware keeps.
enum WindowKey: String, CaseIterable {
    case base, size
}

/// The words for whom user space asks.
enum InterfaceWord: String, CaseIterable {
    case type1, iommufd
    case hostDriver = "host-driver"

    var interface: UserInterface {
        switch self {
        case .type1: .typeOne
        case .iommufd: .iommufd
        case .hostDriver: .hostDriver
        }
    }
}

/// The words for what host drivers' domains are by default.
enum DefaultDomainWord: String, CaseIterable {
    case translated, identity

    var kind: DefaultDomainKind { self == .translated ? .translated : .identity }
}
