// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// A group of two devices, of which one is pulled out and put back.
@Suite struct SharedGroupTests {
    private func predict(
        _ steps: [Step], on kernel: KernelVersion
    ) throws -> [StepExpectation] {
        var board = try Sample.board(kernel: kernel)
        let members = Set(try Sample.devices().values)
        for member in members { board.groups[member] = IOMMUGroup(members: members) }
        return try Sample.predict(steps, on: board).steps
    }

    private func pullAndPut(_ name: String) throws -> [Step] {
        let device = try Sample.device(name)
        return [.unplug(device: device), .detach(device: device), .plug(device: device)]
    }

    @Test func aNeighbourOfAHostDriverIsNotOpened() throws {
        let steps =
            try Sample.attached() + pullAndPut("a") + [Sample.attach("b"), Sample.map(0, 4096)]
        let claimed = try predict(steps, on: KernelVersion(major: 6, minor: 1))
        #expect(
            claimed[5].outcome
                == .refused(calls: ["VFIO_GROUP_SET_CONTAINER"], errno: .notPermitted))
        #expect(claimed[6].outcome == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .invalid))
        let letIn = try predict(steps, on: KernelVersion(major: 5, minor: 10))
        #expect(
            letIn[5].outcome
                == .refused(calls: ["VFIO_GROUP_GET_DEVICE_FD"], errno: .invalid))
        // The group is in the container all the same, and so is its domain.
        #expect(letIn[6].outcome == .succeeds)
    }

    @Test func aDriverBesideAUserStopsAnOldKernel() throws {
        let steps =
            try Sample.attached() + [Sample.attach("b")] + pullAndPut("a") + [Sample.arm("b")]
        let claimed = try predict(steps, on: KernelVersion(major: 6, minor: 1))
        #expect(claimed[5].outcome == .succeeds && claimed[6].outcome == .succeeds)
        let stopped = try predict(steps, on: KernelVersion(major: 5, minor: 10))
        #expect(stopped[5].outcome.isUnknown && stopped[6].outcome.isUnknown)
    }

    @Test func whatAnEmptyGroupHeldGoesWithItsContainer() throws {
        let main = try Sample.main()
        let steps =
            try Sample.attached() + pullAndPut("a")
            + [Sample.attach("b"), Sample.map(0, 4096), .close(container: main)]
        let seen = try predict(steps, on: KernelVersion(major: 5, minor: 10))
        #expect(try seen[7].userUnmaps == [Sample.range(0, 4095)])
    }
}
