// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

/// The hierarchy of buses, drawn as `lspci -t` draws it.
package struct BusTree {
    private let devices: [PCIDevice]
    private let showsNames: Bool
    private var nodes: [BridgeNode]
    /// Which node stands below a device.
    private var below: [PCIAddress: Int] = [:]

    /// A bridge and the buses behind it; node 0 is the host, above everything.
    private struct BridgeNode {
        let range: ClosedRange<UInt8>
        let domain: UInt32
        var buses: [Bus]
        var children: [Int] = []
    }

    private struct Bus {
        let number: BusNumber
        var devices: [Int] = []
    }

    /// Builds the tree; `devices` must be sorted by address, as a capture is.
    package init(of devices: [PCIDevice], showsNames: Bool) {
        self.devices = devices
        self.showsNames = showsNames
        let host = Bus(number: BusNumber(domain: 0, bus: 0))
        nodes = [BridgeNode(range: 0...0, domain: 0, buses: [host])]
        for device in devices { addBridge(device) }
        for device in devices { link(device) }
        for index in devices.indices { insert(index) }
    }

    private mutating func addBridge(_ device: PCIDevice) {
        guard device.classCode.code.rawValue >> 8 == 0x06, let bridge = device.bridge else {
            return
        }
        below[device.address] = nodes.count
        let number = BusNumber(domain: device.address.domain, bus: bridge.secondaryBus)
        let last = max(bridge.secondaryBus, bridge.subordinateBus)
        nodes.append(
            BridgeNode(
                range: bridge.secondaryBus...last, domain: device.address.domain,
                buses: [Bus(number: number)]))
    }

    private mutating func link(_ device: PCIDevice) {
        // A bridge that claims its own bus or one above holds nothing, or it would hold itself.
        guard let node = below[device.address], nodes[node].range.lowerBound > device.address.bus
        else { return }
        nodes[device.parent.flatMap { below[$0] } ?? 0].children.append(node)
    }

    private mutating func insert(_ index: Int) {
        let address = devices[index].address
        let number = BusNumber(domain: address.domain, bus: address.bus)
        if let node = devices[index].parent.flatMap({ below[$0] }) {
            nodes[node].buses[0].devices.append(index)
        } else {
            insert(index, on: number, under: 0)
        }
    }

    private mutating func insert(_ index: Int, on number: BusNumber, under node: Int) {
        if let bus = nodes[node].buses.firstIndex(where: { $0.number == number }) {
            nodes[node].buses[bus].devices.append(index)
            return
        }
        let holder = nodes[node].children.first {
            nodes[$0].domain == number.domain && nodes[$0].range.contains(number.bus)
        }
        if let holder {
            insert(index, on: number, under: holder)
        } else {
            nodes[node].buses.append(Bus(number: number, devices: [index]))
        }
    }
}

extension BusTree {
    /// Draws the tree, one string for each line, without line ends.
    package var lines: [String] {
        drawNode(0, after: "")
    }

    /// What stands below a line: its branches go on, everything else is blank.
    private static func continued(_ line: String) -> String {
        String(line.map { $0 == "+" || $0 == "|" ? "|" : " " })
    }

    private func drawNode(_ node: Int, after start: String) -> [String] {
        let buses = nodes[node].buses
        let start = start + "-"
        guard buses.count > 1 else {
            return drawBus(buses[0], after: start + (node == 0 ? label(buses[0]) : ""))
        }
        return Self.branches(buses.indices, after: start) { index, lead in
            drawBus(buses[index], after: lead + label(buses[index]))
        }
    }

    private func label(_ bus: Bus) -> String {
        let domain = Hexadecimal.digits(UInt64(bus.number.domain), width: 4)
        return "[\(domain):\(Hexadecimal.digits(UInt64(bus.number.bus), width: 2))]-"
    }

    private func drawBus(_ bus: Bus, after start: String) -> [String] {
        guard let only = bus.devices.first else { return [start] }
        guard bus.devices.count > 1 else { return drawDevice(only, after: start + "--") }
        return Self.branches(bus.devices.indices, after: start) { index, lead in
            drawDevice(bus.devices[index], after: lead)
        }
    }

    /// Draws several things below each other: `+-` before all but the last, `\-` before that.
    private static func branches(
        _ indices: Range<Int>, after start: String, draw: (Int, String) -> [String]
    ) -> [String] {
        let blank = continued(start)
        return indices.flatMap { index in
            let lead = index == indices.lowerBound ? start : blank
            return draw(index, lead + (index == indices.upperBound - 1 ? "\\-" : "+-"))
        }
    }

    private func drawDevice(_ index: Int, after start: String) -> [String] {
        let device = devices[index]
        let slot = Hexadecimal.digits(UInt64(device.address.device), width: 2)
        let name = start + "\(slot).\(device.address.function)"
        if let node = below[device.address] {
            return drawNode(node, after: name + buses(of: node))
        }
        guard showsNames else { return [name] }
        let product = TerseListing.name(device.identity.vendor, device.identity.device)
        return [name + "  " + TerseListing.shortened(product, size: 256)]
    }

    private func buses(of node: Int) -> String {
        let range = nodes[node].range
        let first = Hexadecimal.digits(UInt64(range.lowerBound), width: 2)
        guard range.lowerBound != 0 else { return "-" }
        guard range.count > 1 else { return "-[\(first)]-" }
        return "-[\(first)-\(Hexadecimal.digits(UInt64(range.upperBound), width: 2))]-"
    }
}
