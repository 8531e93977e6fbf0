// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

/// The lines of a capability, MSI and MSI-X with all their registers.
enum CapabilityLines {
    static func lines(_ capability: Capability) -> [String] {
        let start = "\tCapabilities: \(place(capability)) "
        return switch capability.content {
        case .msi(let msi): [start + head(msi)] + details(msi)
        case .msix(let msix): [start + head(msix)] + details(msix)
        case .express(let express): [start + head(express, version: express.version)]
        case .singleRootIOV(let iov):
            [start + "Single Root I/O Virtualization (SR-IOV)", functions(iov)]
        case .accessControl(let control):
            [
                start + "Access Control Services",
                "\t\tACSCap:\t\(services(control.capable))",
                "\t\tACSCtl:\t\(services(control.enabled))",
            ]
        default: [start + name(capability)]
        }
    }

    private static func place(_ capability: Capability) -> String {
        guard let version = capability.version else {
            return "[\(Hexadecimal.digits(UInt64(capability.offset), width: 2))]"
        }
        return "[\(Hexadecimal.digits(UInt64(capability.offset), width: 3)) v\(version)]"
    }

    private static func name(_ capability: Capability) -> String {
        capability.id.name
            ?? "Capability \(Hexadecimal.prefixed(UInt64(capability.id.number), width: 2))"
    }

    private static func head(_ msi: MSICapability) -> String {
        "MSI: Enable\(flag(msi.isEnabled)) Count=\(msi.vectorsEnabled)/\(msi.vectorsCapable)"
            + " Maskable\(flag(msi.isMaskable)) 64bit\(flag(msi.is64Bit))"
    }

    private static func details(_ msi: MSICapability) -> [String] {
        let address = Hexadecimal.digits(
            msi.message.address.rawValue, width: msi.is64Bit ? 16 : 8)
        let data = Hexadecimal.digits(UInt64(msi.message.data), width: 4)
        let first = "\t\tAddress: \(address)  Data: \(data)"
        guard let mask = msi.mask, let pending = msi.pending else { return [first] }
        let masking = Hexadecimal.digits(UInt64(mask), width: 8)
        let waiting = Hexadecimal.digits(UInt64(pending), width: 8)
        return [first, "\t\tMasking: \(masking)  Pending: \(waiting)"]
    }

    private static func head(_ msix: MSIXCapability) -> String {
        "MSI-X: Enable\(flag(msix.isEnabled)) Count=\(msix.tableSize)"
            + " Masked\(flag(msix.isMasked))"
    }

    private static func details(_ msix: MSIXCapability) -> [String] {
        [("Vector table", msix.table), ("PBA", msix.pendingBits)].map { name, place in
            let offset = Hexadecimal.digits(UInt64(place.offset), width: 8)
            return "\t\t\(name): BAR=\(place.bar) offset=\(offset)"
        }
    }

    private static func head(_ express: ExpressCapability, version: UInt8) -> String {
        let slot = express.portType.canHaveSlot ? " (Slot\(flag(express.hasSlot)))" : ""
        let message = Hexadecimal.digits(UInt64(express.interruptMessage), width: 2)
        return "Express (v\(version)) \(express.portType.name)\(slot), MSI \(message)"
    }

    private static func functions(_ iov: SingleRootIOV) -> String {
        "\t\tInitial VFs: \(iov.initialFunctions), Total VFs: \(iov.totalFunctions),"
            + " Number of VFs: \(iov.functions), Function Dependency Link: "
            + Hexadecimal.digits(UInt64(iov.dependencyLink), width: 2)
    }

    private static func services(_ services: AccessControlServices) -> String {
        let names: [(String, AccessControlServices)] = [
            ("SrcValid", .sourceValidation), ("TransBlk", .translationBlocking),
            ("ReqRedir", .requestRedirect), ("CmpltRedir", .completionRedirect),
            ("UpstreamFwd", .upstreamForwarding), ("EgressCtrl", .egressControl),
            ("DirectTrans", .directTranslated),
        ]
        return names.map { $0.0 + flag(services.contains($0.1)) }.joined(separator: " ")
    }

    private static func flag(_ value: Bool) -> String { value ? "+" : "-" }
}
