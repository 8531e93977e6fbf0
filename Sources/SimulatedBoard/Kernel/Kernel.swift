// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// The simulated kernel and its board while one case runs.
final class Kernel {
    let board: BoardDescription
    let traits: KernelTraits
    let mutant: Mutant?
    var clock = KernelClock()
    var trace: EventTrace
    var log = KernelLog()
    var memory: UserMemory
    var controllers: MSIControllers
    var interrupts: [Int: LinuxInterrupt] = [:]
    let functions: [PCIFunction]
    let groups: [IOMMUGroup]
    /// `vfio_iommu_type1.allow_unsafe_interrupts`, or iommufd's own.
    var allowsUnsafeInterrupts = false
    /// Who runs: trace events and warnings carry it.
    var process: Int32 = 217
    /// M7: how far doorbells have come in any domain.
    var leakedPages: UInt64 = 0

    static let processors = 2

    init(
        board: BoardDescription, generation: SimulatedGeneration, release: SimulatedRelease,
        mutant: Mutant?, seed: UInt64
    ) {
        self.board = board
        self.mutant = mutant
        traits = KernelTraits(generation: generation, release: release)
        trace = EventTrace(traits: traits, mutant: mutant)
        memory = UserMemory(base: board.memoryBase, page: board.page, seed: seed)
        controllers = MSIControllers(board.controllers)
        var groups: [Int: IOMMUGroup] = [:]
        functions = board.functions.map { description in
            let group = groups[description.group] ?? IOMMUGroup(number: description.group)
            groups[description.group] = group
            let function = PCIFunction(description, group: group)
            group.functions.append(function)
            return function
        }
        self.groups = groups.keys.sorted().compactMap { groups[$0] }
        for group in self.groups { addDefaultDomain(to: group) }
    }

    private func addDefaultDomain(to group: IOMMUGroup) {
        let domain = makeDomain(
            for: group, kind: traits.generation == .identity ? .identity : .paging)
        if traits.generation != .identity { domain.cookie = hostCookie(of: group, domain) }
        group.defaultDomain = domain
        group.domain = domain
    }

    /// The cookie of a DMA domain, which keeps off everything that is not free for DMA
    /// (`iova_reserve_iommu_regions` and `iova_reserve_pci_windows`, 6.1).
    private func hostCookie(of group: IOMMUGroup, _ domain: Domain) -> MSICookie {
        guard let whole = IOVARange(first: IOVA(rawValue: 0), last: domain.table.last) else {
            preconditionFailure("a domain translates at least one address")
        }
        var space = ReservedSpace(granule: domain.table.granule, range: whole)
        for window in board.bridgeWindows + [board.hardwareWindow].compactMap({ $0 }) {
            space.reserve(window)
        }
        for function in group.functions {
            for region in function.description.direct + function.description.relaxable {
                space.reserve(region)
            }
        }
        return MSICookie(.topDown(space), granule: domain.table.granule)
    }

    func function(at address: PCIAddress) -> PCIFunction? {
        functions.first { $0.address == address }
    }

    /// Who causes what happens now; each event takes two microseconds.
    func author() -> TraceAuthor {
        clock.pass(microseconds: 2)
        return TraceAuthor(process: process, clock: clock)
    }

    func warn(at place: String) { log.warn(at: place, process: process, clock) }

    /// Whether messages pass beside the IOMMU.
    var hasHardwareWindow: Bool { board.hardwareWindow != nil }

    /// 4.11's window of software MSIs (`MSI_IOVA_BASE`, `MSI_IOVA_LENGTH`, arm-smmu.c, 6.1).
    static let softwareWindow = ConstantRange.range(0x0800_0000, 0x080f_ffff)
}

/// Ranges that are written in the source.
enum ConstantRange {
    static func range(_ first: UInt64, _ last: UInt64) -> IOVARange {
        guard let range = IOVARange(first: IOVA(rawValue: first), last: IOVA(rawValue: last)) else {
            preconditionFailure("\(first) lies behind \(last)")
        }
        return range
    }
}
