// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// One MSI irq domain: a device belongs to a controller, a message goes to one of its doorbells.
///
/// All GICv2m frames of a board are one domain (`gicv2m_allocate_domains`, 6.12), each ITS is one.
package struct MSIController: Sendable, Hashable, Codable {
    /// In the order of the kernel's list: an allocation takes the first with room.
    package var doorbells: [Doorbell]

    package init(doorbells: [Doorbell]) { self.doorbells = doorbells }

    /// Puts the doorbells of a board into the domains that the kernel makes of them.
    package static func grouping(_ doorbells: [Doorbell]) -> [MSIController] {
        var controllers: [MSIController] = []
        for doorbell in doorbells {
            let frames = controllers.firstIndex { $0.doorbells.first?.kind.isFrame == true }
            if doorbell.kind.isFrame, let frames {
                controllers[frames].doorbells.append(doorbell)
            } else {
                controllers.append(MSIController(doorbells: [doorbell]))
            }
        }
        return controllers
    }

    /// Whether the domain carries the flag that VFIO asks for.
    package var isIsolated: Bool { doorbells.allSatisfy(\.isIsolated) }

    /// The flag's name in a kernel, as `debugfs/irq/domains` shows it; the series that made
    /// kernels ask each group for its isolation renamed it.
    package static func isolationFlag(
        in kernel: KernelVersion, perGroupSince: KernelVersion
    ) -> String {
        kernel < perGroupSince ? "IRQ_DOMAIN_FLAG_MSI_REMAP" : "IRQ_DOMAIN_FLAG_ISOLATED_MSI"
    }
}

extension Doorbell.Kind {
    /// Whether it shares its irq domain with others of its kind.
    var isFrame: Bool {
        switch self {
        case .gicV2m, .graviton: true
        case .its, .preITS, .mbi: false
        }
    }
}
