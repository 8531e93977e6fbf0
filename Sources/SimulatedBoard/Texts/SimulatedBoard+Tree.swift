// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension SimulatedBoard {
    /// The board's device tree: controllers, SMMUs, and a host bridge that maps to both.
    var deviceTree: FlattenedTree {
        var tree = FlattenedTree()
        tree.node("") { root in
            root.cells("#address-cells", [2])
            root.cells("#size-cells", [2])
            root.text("compatible", "doorbell,simulated-\(board.name)")
            root.text("model", label)
            addControllers(to: &root)
            for (place, smmu) in board.smmus.enumerated() { addSMMU(smmu, place, to: &root) }
            addBridge(to: &root)
        }
        return tree
    }

    private func controllerHandle(_ place: Int) -> UInt32 { 0x100 + UInt32(place) }

    private func smmuHandle(_ place: Int) -> UInt32 { 0x200 + UInt32(place) }

    private func addControllers(to root: inout FlattenedTree) {
        let hasFrames = board.controllers.contains {
            if case .frame = $0.kind { true } else { false }
        }
        let base = board.distributor
        root.node("interrupt-controller@" + Hexadecimal.digits(base.rawValue)) { gic in
            gic.text("compatible", hasFrames ? "arm,gic-400" : "arm,gic-v3")
            gic.cells("#address-cells", [2])
            gic.cells("#size-cells", [2])
            gic.empty("ranges")
            gic.empty("interrupt-controller")
            gic.cells("reg", Self.region(base, .kibibytes(64)))
            addMBI(to: &gic)
            for (place, controller) in board.controllers.enumerated() {
                addController(controller, place, to: &gic)
            }
        }
    }

    private func addMBI(to gic: inout FlattenedTree) {
        for (place, controller) in board.controllers.enumerated() {
            guard case .mbi(let spis) = controller.kind else { continue }
            gic.cells("phandle", [controllerHandle(place)])
            gic.empty("msi-controller")
            gic.cells("mbi-ranges", [spis.lowerBound, UInt32(spis.count)])
            gic.cells("mbi-alias", Self.address(controller.base))
        }
    }

    private func addController(
        _ controller: ControllerDescription, _ place: Int, to gic: inout FlattenedTree
    ) {
        let unit = Hexadecimal.digits(controller.base.rawValue)
        switch controller.kind {
        case .frame:
            gic.node("v2m@\(unit)") { node in
                node.text("compatible", "arm,gic-v2m-frame")
                node.empty("msi-controller")
                node.cells("reg", Self.region(controller.base, .kibibytes(4)))
                node.cells("phandle", [controllerHandle(place)])
            }
        case .its, .preITS:
            gic.node("msi-controller@\(unit)") { node in
                node.text("compatible", "arm,gic-v3-its")
                node.empty("msi-controller")
                node.cells("#msi-cells", [1])
                node.cells("reg", Self.region(controller.base, .kibibytes(128)))
                node.cells("phandle", [controllerHandle(place)])
                if case .preITS(let window) = controller.kind {
                    node.cells(
                        "socionext,synquacer-pre-its",
                        [UInt32(truncatingIfNeeded: window.rawValue), 0x20_0000])
                }
            }
        case .mbi: break
        }
    }

    private func addSMMU(_ smmu: SMMUDescription, _ place: Int, to root: inout FlattenedTree) {
        let unit = Hexadecimal.digits(smmu.base.rawValue)
        root.node("iommu@\(unit)") { node in
            node.text("compatible", smmu.architecture == .three ? "arm,smmu-v3" : "arm,mmu-401")
            node.cells("reg", Self.region(smmu.base, .kibibytes(128)))
            node.cells("#iommu-cells", [1])
            node.cells("phandle", [smmuHandle(place)])
        }
    }

    private func addBridge(to root: inout FlattenedTree) {
        root.node("pcie@f0000000") { bridge in
            bridge.text("compatible", "pci-host-ecam-generic")
            bridge.text("device_type", "pci")
            bridge.cells("linux,pci-domain", [0])
            bridge.cells("bus-range", [0, 0xff])
            bridge.cells("#address-cells", [3])
            bridge.cells("#size-cells", [2])
            bridge.cells("reg", [0, 0xf000_0000, 0, 0x1000_0000])
            bridge.cells("msi-map", board.functions.flatMap(messageRoute))
            bridge.cells(
                "iommu-map",
                board.functions.flatMap {
                    let own = UInt32($0.address.requesterID)
                    return [own, smmuHandle($0.smmu), own, 1]
                })
        }
    }

    /// Firmware names the first frame for all: the frames of a board are one domain.
    private func messageRoute(_ function: FunctionDescription) -> [UInt32] {
        let own = UInt32(function.address.requesterID)
        return [own, controllerHandle(function.controller), UInt32(function.requester), 1]
    }

    private static func address(_ address: PhysicalAddress) -> [UInt32] {
        [UInt32(address.rawValue >> 32), UInt32(truncatingIfNeeded: address.rawValue)]
    }

    private static func region(_ base: PhysicalAddress, _ size: ByteCount) -> [UInt32] {
        address(base) + [UInt32(size.rawValue >> 32), UInt32(truncatingIfNeeded: size.rawValue)]
    }
}
