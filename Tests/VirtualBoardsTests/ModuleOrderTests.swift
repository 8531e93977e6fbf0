// SPDX-License-Identifier: GPL-3.0-or-later

import Testing
import VirtualBoards

@Suite("The order of kernel modules")
struct ModuleOrderTests {
    private static let needs = [
        "vfio": [], "vfio_virqfd": ["vfio"], "vfio_pci_core": ["vfio", "vfio-virqfd"],
        "vfio_pci": ["vfio-pci-core", "vfio"], "virtio_net": ["net_failover"],
        "net_failover": ["failover"], "failover": [],
    ]

    private func order(_ wanted: String..., builtin: Set<String> = []) async throws -> ModuleOrder {
        var order = ModuleOrder(builtin: builtin)
        for module in wanted { try await order.add(module) { Self.needs[$0] } }
        return order
    }

    @Test("has each module once, after everything that it needs")
    func afterNeeds() async throws {
        let steps = try await order("vfio-pci", "virtio_net", "vfio").steps.map(\.module)
        #expect(
            steps == [
                "vfio", "vfio_virqfd", "vfio_pci_core", "vfio_pci", "failover", "net_failover",
                "virtio_net",
            ])
    }

    @Test("leaves out what is built into the kernel")
    func builtin() async throws {
        let steps = try await order("vfio_pci", builtin: ["vfio", "vfio-virqfd"]).steps
        #expect(steps.map(\.module) == ["vfio_pci_core", "vfio_pci"])
    }

    @Test("names a module that is nowhere, and who needs it")
    func missing() async {
        await #expect(throws: ModuleOrder.Missing(module: "failover", neededBy: "net_failover")) {
            var order = ModuleOrder(builtin: [])
            try await order.add("virtio_net") { $0 == "failover" ? nil : Self.needs[$0] }
        }
    }

    @Test("ends when modules need each other")
    func circle() async throws {
        var order = ModuleOrder(builtin: [])
        try await order.add("a") { $0 == "a" ? ["b"] : ["a"] }
        #expect(order.steps.map(\.module) == ["b", "a"])
    }

    @Test("is written as the modules.dep that modprobe reads")
    func dependencyFile() async throws {
        let text = try await order("vfio_pci").dependencyFile { "kernel/\($0).ko" }
        #expect(
            text == """
                kernel/vfio.ko:
                kernel/vfio_virqfd.ko: kernel/vfio.ko
                kernel/vfio_pci_core.ko: kernel/vfio.ko kernel/vfio_virqfd.ko
                kernel/vfio_pci.ko: kernel/vfio_pci_core.ko kernel/vfio.ko kernel/vfio_virqfd.ko

                """)
    }
}
