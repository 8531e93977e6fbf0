// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension RandomWriter {
    mutating func arm() {
        let idle = attached.keys.sorted().filter { armed[$0] == nil }
        guard let device = pick(idle), let function = devices[device] else { return attach() }
        let hasTable = function.msixVectors > 0
        let kind: InterruptKind = hasTable && Bool.random(using: &random) ? .msix : .msi
        let most = kind == .msix ? function.msixVectors : function.msiVectors
        var vectors = UInt32.random(in: 1...max(1, most), using: &random)
        // Several vectors of MSI are a power of two, as drivers ask for them.
        if kind == .msi { vectors = vectors.roundedUpToPowerOfTwo }
        append(.arm(device: device, kind: kind, vectors: vectors))
        armed[device] = (kind, vectors)
    }

    mutating func ring() {
        guard let (device, vector) = armedVector() else { return arm() }
        let count = UInt32.random(in: 1...5, using: &random)
        append(
            vocabulary == .whole && Int.random(in: 0..<6, using: &random) == 0
                ? .loopback(device: device, vector: vector, count: count)
                : .ring(device: device, vector: vector, count: count))
    }

    private mutating func armedVector() -> (DeviceName, VectorIndex)? {
        guard let device = pick(armed.keys.sorted()), let arming = armed[device] else { return nil }
        let vector = UInt32.random(in: 0..<arming.vectors, using: &random)
        return (device, VectorIndex(rawValue: vector))
    }

    mutating func disturbDevice() {
        guard let (device, vector) = armedVector() else { return arm() }
        switch Int.random(in: 0..<7, using: &random) {
        case 0: mask(device, vector)
        case 1:
            let processor = UInt32.random(in: 0...1, using: &random)
            append(.steer(device: device, vector: vector, processor: processor))
        case 2: master(device, vector)
        case 3: append(.reset(device: device))
        case 4: append(.transfer(device: device, transfer(device)))
        case 5: pull(device, vector)
        default: disturb(device)
        }
    }

    /// Masked, rung, and unmasked again.
    private mutating func mask(_ device: DeviceName, _ vector: VectorIndex) {
        guard armed[device]?.kind == .msix || devices[device]?.canMaskMSI == true else { return }
        append(.mask(device: device, vector: vector, masked: true))
        append(.ring(device: device, vector: vector, count: 2))
        append(.mask(device: device, vector: vector, masked: false))
    }

    private mutating func master(_ device: DeviceName, _ vector: VectorIndex) {
        append(.busMaster(device: device, enabled: false))
        append(.ring(device: device, vector: vector, count: 1))
        append(.busMaster(device: device, enabled: true))
    }

    /// Pulled out while it is armed, rung, let go, and put back.
    private mutating func pull(_ device: DeviceName, _ vector: VectorIndex) {
        append(.unplug(device: device))
        append(.ring(device: device, vector: vector, count: 1))
        append(.detach(device: device))
        forget(device)
        append(.plug(device: device))
        given.insert(device)
    }

    /// What a register reset loses comes back by arming anew.
    private mutating func disturb(_ device: DeviceName) {
        guard let arming = armed[device] else { return }
        append(.disturb(device: device))
        append(.disarm(device: device))
        append(.arm(device: device, kind: arming.kind, vectors: arming.vectors))
    }

    private mutating func transfer(_ device: DeviceName) -> Transfer {
        let own = mapped.filter { $0.container == attached[device] }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return Transfer(direction: .read, target: .doorbell)
        case 1:
            return Transfer(
                direction: .write, target: .doorbell,
                value: .message(device: device, vector: VectorIndex(rawValue: 0)))
        case 2: return Transfer(direction: .write, target: .physicalDoorbell, value: .word(1))
        default:
            guard let map = pick(own) else { return Transfer(direction: .read, target: .doorbell) }
            return Transfer(direction: .write, target: .memory(map.at), value: .word(0x1234_5678))
        }
    }

    /// What only some generations know.
    mutating func rare() {
        switch board.generation {
        case .userWindow:
            guard let container = pick(open) else { return openContainer() }
            let page = UInt64.random(in: 1...4, using: &random)
            append(
                .window(
                    container: container,
                    at: Placement(base: IOVA(rawValue: 0x0900_0000 + page << 20)),
                    size: Extent(pages: page)))
        case .iommufd, .iommufdTable: openBesideOrMove()
        case .hostDomain, .identity: giveBack()
        default:
            append(.allowUnsafeInterrupts(Int.random(in: 0..<3, using: &random) > 0))
        }
    }

    private mutating func openBesideOrMove() {
        let free = ["g", "h"].compactMap { ContainerName($0) }.filter { !open.contains($0) }
        if let name = free.first, let first = pick(open), Bool.random(using: &random) {
            append(.openBeside(container: name, beside: first))
            open.append(name)
            paired.formUnion([name, first])
        } else if let device = pick(attached.keys.sorted()),
            let target = pick(open.filter { paired.contains($0) })
        {
            append(.move(device: device, container: target))
        }
    }

    private mutating func giveBack() {
        // The last function of a group only: a driver gets no device whose group has another user.
        let alone = names().filter { name in
            let group = devices[name]?.group
            return !given.contains(name) && attached[name] == nil
                && devices.values.filter { $0.group == group }.count == 1
                && board.board.functions.filter { $0.group == group }.count == 1
        }
        guard let device = pick(alone) else { return }
        append(.giveBack(device: device))
        given.insert(device)
    }
}
