// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Both generations of iommufd.
@Suite struct IOMMUFDTests {
    private func predict(
        _ steps: [Step], _ minor: Int = 12, unsafe: Bool = true,
        on board: BoardFacts? = nil
    ) throws -> [StepExpectation] {
        var board = try board ?? Sample.board()
        board.kernel = KernelVersion(major: 6, minor: minor)
        board.host.interface = .iommufd
        return try Sample.predict(steps, on: board, unsafe: unsafe).steps
    }

    private func errno(_ step: StepExpectation) -> KernelErrno? {
        if case .refused(_, let errno) = step.outcome { errno } else { nil }
    }

    @Test func theCallsAndTheirRefusals() throws {
        let seen = try predict(
            try Sample.attached() + [
                Sample.map(0x0800_0000, 0x1000), Sample.map(0x1000, 0x2000),
                Sample.map(0x2000, 0x1000), Sample.unmap(0x2000, 0x1000),
                Sample.unmap(0x9000, 0x1000), Sample.unmap(0x1000, 0x2000),
            ])
        #expect(seen[2].outcome == .refused(calls: ["IOMMU_IOAS_MAP"], errno: .invalid))
        #expect(errno(seen[4]) == .exists)
        #expect(seen[5].outcome == .refused(calls: ["IOMMU_IOAS_UNMAP"], errno: .noEntry))
        #expect(errno(seen[6]) == .noEntry)
        #expect(seen[7].unmapped == .bytes(0x2000))
    }

    @Test func memoryMayBeMappedBeforeAnyDevice() throws {
        let main = try Sample.main()
        let a = try Sample.device("a")
        let seen = try predict([
            .open(container: main), Sample.map(0x0800_0000, 0x1000),
            .attach(device: a, container: main), Sample.unmap(0x0800_0000, 0x1000),
            Sample.map(0x1000, 0x1000), .attach(device: a, container: main),
        ])
        #expect(seen[1].outcome == .succeeds && seen[1].userMaps.isEmpty)
        #expect(
            seen[2].outcome
                == .refused(calls: ["VFIO_DEVICE_ATTACH_IOMMUFD_PT"], errno: .addressInUse))
        #expect(seen[5].userMaps.map(\.first.rawValue) == [0x1000])
    }

    @Test func mapsThatAreNoMultipleOfAPageKeepTheFirstDeviceOut() throws {
        var steps = [Step.open(container: try Sample.main())]
        steps.append(try Sample.map(0x1000, 1000))
        steps.append(try Sample.attach("a"))
        steps.append(try Sample.unmap(0x1000, 1000))
        steps.append(try Sample.attach("a"))
        let seen = try predict(steps)
        #expect(seen.map(errno) == [nil, nil, .addressInUse, nil, nil])
    }

    @Test func anUnsafeGroupIsRefusedWhenBound() throws {
        let board = try Sample.board([Sample.frame])
        let steps = try Sample.attached()
        let strict = try predict(steps, unsafe: false, on: board)
        #expect(
            strict[1].outcome
                == .refused(calls: ["VFIO_DEVICE_BIND_IOMMUFD"], errno: .notPermitted))
        #expect(try predict(steps, on: board)[1].log == [.interruptsNotSecure])
    }

    private func moving() throws -> [Step] {
        let other = try #require(ContainerName("other"))
        return try Sample.attached() + [
            .openBeside(container: other, beside: Sample.main()), Sample.arm("a"),
            .move(device: Sample.device("a"), container: other), Sample.ring("a"),
        ]
    }

    @Test func aReplacedDomainLosesTheDoorbellBeforeSixFifteen() throws {
        let seen = try predict(try moving(), 14)
        #expect(seen[4].outcome == .succeeds && seen[4].doorbellMaps.isEmpty)
        #expect(seen[5].arrivals == 0 && seen[5].faults == .exactly(true))
    }

    @Test func andKeepsItSince() throws {
        let seen = try predict(try moving(), 15)
        #expect(seen[4].doorbellMaps == seen[3].doorbellMaps)
        #expect(seen[5].arrivals == 10)
    }

    @Test func theTableGivesOneIOVAForEachDoorbellOfADescriptor() throws {
        let other = try #require(ContainerName("other"))
        let board = try Sample.twoNodes()
        let steps =
            try Sample.attached() + [
                .openBeside(container: other, beside: Sample.main()),
                Sample.attach("b", to: "other"),
                Sample.arm("a"), Sample.arm("b"),
            ]
        let table = try predict(steps, 15, on: board).flatMap(\.doorbellMaps)
        #expect(table.compactMap(\.exact?.iova.rawValue) == [0x0800_0000, 0x0800_1000])
        let cookies = try predict(steps, 14, on: board).flatMap(\.doorbellMaps)
        #expect(cookies.compactMap(\.exact?.iova.rawValue) == [0x0800_0000, 0x0800_0000])
    }
}
