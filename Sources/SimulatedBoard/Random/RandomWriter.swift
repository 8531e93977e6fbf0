// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// Writes random steps and remembers, roughly, what they have brought about.
struct RandomWriter {
    let board: SimulatedBoard
    var random: SplitMix
    private(set) var devices: [DeviceName: FunctionDescription] = [:]
    private(set) var steps: [Step] = []
    private(set) var unsafeInterruptsAllowed = true
    var open: [ContainerName] = []
    var attached: [DeviceName: ContainerName] = [:]
    var armed: [DeviceName: (kind: InterruptKind, vectors: UInt32)] = [:]
    var mapped: [(container: ContainerName, at: Placement, size: Extent)] = []
    var given: Set<DeviceName> = []
    /// Containers that share a file with another cannot be killed alone.
    var paired: Set<ContainerName> = []

    let vocabulary: RandomCase.Vocabulary

    init(seed: UInt64, board: SimulatedBoard, _ vocabulary: RandomCase.Vocabulary) {
        self.board = board
        self.vocabulary = vocabulary
        random = SplitMix(seed: seed)
    }

    mutating func write() {
        let length = Int.random(in: 1...40, using: &random)
        let functions = board.board.functions.shuffled(using: &random)
        let count = Int.random(in: 1...min(3, functions.count), using: &random)
        for (name, function) in zip(["a", "b", "d"], functions.prefix(count)) {
            if let name = DeviceName(name) { devices[name] = function }
        }
        unsafeInterruptsAllowed = Int.random(in: 0..<8, using: &random) > 0
        while steps.count < length { add(Int.random(in: 0..<100, using: &random)) }
    }

    mutating func append(_ step: Step) { steps.append(step) }

    private mutating func add(_ draw: Int) {
        switch draw {
        case 0..<6: openContainer()
        case 6..<22: attach()
        case 22..<40: map()
        case 40..<50: unmap()
        case 50..<64: arm()
        case 64..<67 where vocabulary == .whole: traffic()
        case 64..<76: ring()
        case 76..<82: disarm()
        case 82..<86: detach()
        case 86..<90: close()
        case 90..<96 where vocabulary == .whole: disturbDevice()
        case 94...: rare()
        default: append(.allowUnsafeInterrupts(Int.random(in: 0..<3, using: &random) > 0))
        }
    }

    func names() -> [DeviceName] { devices.keys.sorted() }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.randomElement(using: &random)
    }

    mutating func openContainer() {
        let all = ["c", "e", "f"].compactMap { ContainerName($0) }
        guard let name = all.first(where: { !open.contains($0) }) else { return }
        open.append(name)
        append(.open(container: name))
    }

    mutating func attach() {
        guard !open.isEmpty else { return openContainer() }
        let free = names().filter { attached[$0] == nil }
        guard let device = pick(free), let container = pick(open) else { return }
        append(.attach(device: device, container: container))
        attached[device] = container
        given.remove(device)
    }

    mutating func disarm() {
        guard let device = pick(armed.keys.sorted()) else { return }
        append(.disarm(device: device))
        armed[device] = nil
    }

    mutating func detach() {
        guard let device = pick(attached.keys.sorted()) else { return }
        append(.detach(device: device))
        forget(device)
    }

    mutating func forget(_ device: DeviceName) {
        if let container = attached.removeValue(forKey: device),
            !attached.values.contains(container), !usesFile
        {
            mapped.removeAll { $0.container == container }
        }
        armed[device] = nil
    }

    mutating func close() {
        guard let container = pick(open) else { return }
        let isKilled =
            vocabulary == .whole && !paired.contains(container)
            && Int.random(in: 0..<3, using: &random) == 0
        append(isKilled ? .kill(container: container) : .close(container: container))
        forgetContainer(container)
    }

    mutating func forgetContainer(_ container: ContainerName) {
        open.removeAll { $0 == container }
        mapped.removeAll { $0.container == container }
        for device in attached.filter({ $0.value == container }).keys.sorted() { forget(device) }
    }

    var usesFile: Bool {
        board.generation == .iommufd || board.generation == .iommufdTable
    }
}
