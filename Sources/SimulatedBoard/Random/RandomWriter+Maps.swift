// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension RandomWriter {
    mutating func map() {
        guard let container = pick(open) else { return openContainer() }
        // In iommufd a map may come before any device; elsewhere that is refused at once.
        guard usesFile || attached.values.contains(container) || isWild else { return attach() }
        let (at, size) = place()
        append(.map(container: container, at: at, size: size))
        mapped.append((container, at, size))
    }

    mutating func unmap() {
        guard let container = pick(open) else { return openContainer() }
        let own = mapped.filter { $0.container == container }
        guard let known = pick(own), !isWild else {
            let (at, size) = place()
            return append(.unmap(container: container, at: at, size: size))
        }
        append(.unmap(container: container, at: known.at, size: known.size))
        mapped.removeAll { $0.container == container && $0.at == known.at }
    }

    var isWild: Bool {
        mutating get { Int.random(in: 0..<6, using: &random) == 0 }
    }

    /// Places around windows, doorbells and the ends of memory, in whole pages mostly.
    mutating func place() -> (Placement, Extent) {
        let pages = Int64.random(in: -3...3, using: &random)
        let base = pick(landmarks) ?? 0
        let lowest = base == 0 ? abs(pages) : pages
        var size = Extent(pages: UInt64.random(in: 1...6, using: &random))
        if Int.random(in: 0..<25, using: &random) == 0 {
            size = Extent(bytes: .bytes(UInt64.random(in: 0...3, using: &random) * 1000))
        }
        return (Placement(base: IOVA(rawValue: base), pages: lowest), size)
    }

    /// Addresses that something begins or ends at, below the aperture's end where the kernel does
    /// not check that.
    private var landmarks: [UInt64] {
        var places: [UInt64] = [
            0, 0, 0x10_0000, 0x0800_0000, 0x0800_0000, 0x0810_0000, 0x0820_0000, 0xffff_f000,
            0x4000_0000,
        ]
        places += board.board.controllers.map { $0.base.rawValue & ~0xffff }
        if let window = board.board.hardwareWindow {
            places += [window.first.rawValue, window.last.rawValue + 1]
        }
        for function in board.board.functions {
            places += (function.direct + function.relaxable).map(\.first.rawValue)
        }
        let page = board.board.page.bytes.rawValue
        // Room for the pages on either side.
        let end = board.board.smmus.map { UInt64(1) << $0.inputBits }.min() ?? 1 << 32
        if board.hasRanges { places.append(end & ~(page - 1)) }
        places = places.map { $0 & ~(page - 1) }
        return board.hasRanges ? places : places.map { $0 + 16 * page > end ? end - 16 * page : $0 }
    }
}

extension SimulatedBoard {
    /// Whether the kernel checks user maps against ranges, the aperture's end among them.
    var hasRanges: Bool { KernelTraits(generation: generation, release: release).hasRangeList }
}
