// SPDX-License-Identifier: GPL-3.0-or-later

private import CLibPCI
internal import Vocabulary

/// Copies functions out of libpci's memory into values.
struct DeviceCopier: ~Copyable {
    private let source: PCISource
    private var library: LibPCI
    private var names = NameTable()

    /// Configuration spaces that need not be read from the library.
    private let configurations: [PCIAddress: [UInt8]]

    init(
        _ source: PCISource, parameter: String?, _ configurations: [PCIAddress: [UInt8]]
    ) throws(PCIInventoryError) {
        self.source = source
        self.configurations = configurations
        library = try LibPCI(source, parameter: parameter)
    }

    /// Everything that a device value needs of `pci_fill_info`.
    private static let fields =
        PCI_FILL_IDENT | PCI_FILL_CLASS | PCI_FILL_CLASS_EXT | PCI_FILL_SUBSYS | PCI_FILL_IRQ
        | PCI_FILL_BASES | PCI_FILL_ROM_BASE | PCI_FILL_SIZES | PCI_FILL_IO_FLAGS
        | PCI_FILL_NUMA_NODE | PCI_FILL_IOMMU_GROUP | PCI_FILL_DRIVER | PCI_FILL_PARENT

    /// Copies all functions, in no order.
    mutating func all() throws(PCIInventoryError) -> [PCIDevice] {
        var devices: [PCIDevice] = []
        for function in try library.scan() {
            devices.append(try copy(function))
        }
        return devices
    }

    private mutating func copy(
        _ function: LibPCI.Function
    ) throws(PCIInventoryError) -> PCIDevice {
        let address = try address(of: function)
        let configuration = try configuration(of: function, at: address)
        try library.fill(function, Self.fields)
        let regions = RegionDecoder(function, configuration)
        let (revision, line, node) = unsafe (
            function.fields.rev_id, function.fields.irq, function.fields.numa_node
        )
        return PCIDevice(
            address: address,
            identity: try identity(of: function),
            classCode: try classCode(of: function),
            revision: revision,
            interruptLine: Int(line),
            regions: regions.regions,
            rom: regions.rom,
            driver: function.text(PCI_FILL_DRIVER),
            iommuGroup: function.text(PCI_FILL_IOMMU_GROUP),
            numaNode: node < 0 ? nil : Int(node),
            parent: try parent(of: function),
            configuration: configuration)
    }

    private mutating func configuration(
        of function: LibPCI.Function, at address: PCIAddress
    ) throws(PCIInventoryError) -> ConfigurationSpace {
        if let bytes = configurations[address] { return ConfigurationSpace(bytes: bytes) }
        return ConfigurationSpace(bytes: try library.configuration(of: function))
    }

    private func parent(of function: LibPCI.Function) throws(PCIInventoryError) -> PCIAddress? {
        guard let above = function.parent else { return nil }
        return try address(of: above)
    }

    private func address(of function: LibPCI.Function) throws(PCIInventoryError) -> PCIAddress {
        let fields = unsafe function.fields
        let (domain, bus) = unsafe (UInt32(bitPattern: fields.domain), fields.bus)
        let (slot, number) = unsafe (fields.dev, fields.func)
        guard let address = PCIAddress(domain: domain, bus: bus, device: slot, function: number)
        else {
            throw .impossibleAddress(
                source: source, "domain \(domain) bus \(bus) device \(slot) function \(number)")
        }
        return address
    }

    private mutating func identity(
        of function: LibPCI.Function
    ) throws(PCIInventoryError) -> PCIIdentity {
        let (vendor, id) = unsafe (function.fields.vendor_id, function.fields.device_id)
        return PCIIdentity(
            vendor: NamedID(
                id: PCIID(rawValue: vendor), name: try names.vendor(vendor, in: &library)),
            device: NamedID(
                id: PCIID(rawValue: id), name: try names.device(id, of: vendor, in: &library)),
            subsystem: try subsystem(of: function))
    }

    private mutating func subsystem(
        of function: LibPCI.Function
    ) throws(PCIInventoryError) -> PCIIdentity.Subsystem? {
        let fields = unsafe function.fields
        let (vendor, id) = unsafe (fields.subsys_vendor_id, fields.subsys_id)
        let isKnown = unsafe fields.known_fields & UInt32(PCI_FILL_SUBSYS) != 0
        // Neither zero nor all ones is a vendor; lspci leaves both out too.
        guard isKnown, vendor != 0, vendor != 0xffff else { return nil }
        let name = unsafe try names.subsystem(
            id, of: vendor, device: fields.device_id, vendor: fields.vendor_id, in: &library)
        return PCIIdentity.Subsystem(
            vendor: NamedID(
                id: PCIID(rawValue: vendor), name: try names.subsystemVendor(vendor, in: &library)),
            device: NamedID(id: PCIID(rawValue: id), name: name))
    }

    private mutating func classCode(
        of function: LibPCI.Function
    ) throws(PCIInventoryError) -> PCIClass {
        let (code, interface) = unsafe (function.fields.device_class, function.fields.prog_if)
        return PCIClass(
            code: PCIID(rawValue: code), programmingInterface: interface,
            name: try names.deviceClass(code, in: &library),
            programmingInterfaceName: try names.programmingInterface(
                interface, of: code, in: &library))
    }
}
