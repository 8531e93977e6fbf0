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
        _ steps: [Step], on board: BoardFacts, unsafe: Bool = true,
        parameters: ModelParameters = ModelParameters()
    ) throws -> Expectation {
        try ReferenceModel(board: board, parameters: parameters).predict(
            steps: steps, devices: try devices(), unsafeInterruptsAllowed: unsafe)
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
