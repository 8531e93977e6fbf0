// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

// Swift Testing has an `Expectation` too.
import struct ReferenceModel.Expectation

/// Boards and names that the model's tests share.
enum Sample {
    static let spis = InterruptID(rawValue: 80)...InterruptID(rawValue: 143)
    static let frame = Doorbell(
        kind: .gicV2m(spis: spis), base: PhysicalAddress(rawValue: 0x0802_0000))
    static let its = Doorbell(kind: .its, base: PhysicalAddress(rawValue: 0x0808_0000))

    static func board(
        _ doorbells: [Doorbell] = [its], page: Granule = .fourKiB,
        kernel: KernelVersion = KernelVersion(major: 6, minor: 1),
        routes: [PCIAddress: Doorbell] = [:]
    ) throws -> BoardFacts {
        let aperture = try #require(
            IOVARange(first: IOVA(rawValue: 0), last: IOVA(rawValue: 0xffff_ffff_ffff)))
        return BoardFacts(
            kernel: kernel, pageSize: page, aperture: aperture, doorbells: doorbells,
            routes: routes)
    }

    static func main() throws -> ContainerName { try #require(ContainerName("main")) }

    static func device(_ name: String) throws -> DeviceName { try #require(DeviceName(name)) }

    static func devices() throws -> [DeviceName: PCIAddress] {
        [
            try device("a"): try #require(PCIAddress("0000:00:02.0")),
            try device("b"): try #require(PCIAddress("0000:00:03.0")),
        ]
    }

    static func predict(
        _ steps: [Step], on board: BoardFacts, as generation: Generation? = nil,
        unsafe: Bool = true, parameters: ModelParameters = ModelParameters()
    ) throws -> Expectation {
        try ReferenceModel(
            board: board, parameters: parameters,
            overrides: ModelOverrides(generation: generation)
        ).predict(steps: steps, devices: try devices(), unsafeInterruptsAllowed: unsafe)
    }

    static func range(_ first: UInt64, _ last: UInt64) throws -> IOVARange {
        try #require(IOVARange(first: IOVA(rawValue: first), last: IOVA(rawValue: last)))
    }

    static func pci(_ text: String) throws -> PCIAddress { try #require(PCIAddress(text)) }

    static func attach(_ name: String, to container: String = "main") throws -> Step {
        .attach(
            device: try device(name), container: try #require(ContainerName(container)))
    }

    static func ring(_ name: String, _ count: UInt32 = 10) throws -> Step {
        .ring(device: try device(name), vector: VectorIndex(rawValue: 0), count: count)
    }

    /// Two devices behind two SMMUs, each with an ITS of its own.
    static func twoNodes(kernel: KernelVersion = KernelVersion(major: 6, minor: 1)) throws
        -> BoardFacts
    {
        let far = Doorbell(kind: .its, base: PhysicalAddress(rawValue: 0x1000_0808_0000))
        let a = try pci("0000:00:02.0")
        let b = try pci("0000:00:03.0")
        var board = try board([its, far], kernel: kernel, routes: [a: its, b: far])
        for (device, base) in [(a, 0x0905_0000), (b, 0x1000_0905_0000)] {
            let smmu = SMMUIdentity(
                architecture: .version3, base: PhysicalAddress(rawValue: UInt64(base)))
            board.topology.streams[device] = DeviceStream(smmu: smmu, stream: 8)
        }
        return board
    }

    static func map(_ address: UInt64, _ size: UInt64) throws -> Step {
        .map(
            container: try main(), at: Placement(base: IOVA(rawValue: address)),
            size: Extent(bytes: .bytes(size)))
    }

    static func unmap(_ address: UInt64, _ size: UInt64) throws -> Step {
        .unmap(
            container: try main(), at: Placement(base: IOVA(rawValue: address)),
            size: Extent(bytes: .bytes(size)))
    }

    static func attached() throws -> [Step] {
        [
            .open(container: try main()),
            .attach(device: try device("a"), container: try main()),
        ]
    }

    static func arm(_ name: String, vectors: UInt32 = 1) throws -> Step {
        .arm(device: try device(name), kind: .msix, vectors: vectors)
    }
}
