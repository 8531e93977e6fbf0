// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Masks, loopbacks, bus mastering, a device's own DMA, and who can forge what.
@Suite struct VectorStepsTests {
    private let first = VectorIndex(rawValue: 0)

    private func predict(
        _ steps: [Step], on board: BoardFacts? = nil, as generation: Generation? = nil
    ) throws -> [StepExpectation] {
        let all = try Sample.attached() + [Sample.arm("a")] + steps
        let seen = try Sample.predict(all, on: try board ?? Sample.board(), as: generation).steps
        return Array(seen.dropFirst(3))
    }

    private func transfer(
        _ direction: Transfer.Direction, _ target: Transfer.Target, of victim: String = "a"
    ) throws -> Step {
        let value = Transfer.Value.message(device: try Sample.device(victim), vector: first)
        return .transfer(
            device: try Sample.device("a"),
            Transfer(
                direction: direction, target: target, value: direction == .write ? value : nil))
    }

    @Test func aLoopbackIsNotCounted() throws {
        let seen = try predict([.loopback(device: Sample.device("a"), vector: first, count: 3)])
        #expect(seen[0].arrivals == 3 && seen[0].counted == 0)
    }

    @Test func aMaskedRaiseArrivesOnceWhenTheMaskGoes() throws {
        let a = try Sample.device("a")
        let seen = try predict([
            .mask(device: a, vector: first, masked: true), Sample.ring("a"),
            .mask(device: a, vector: first, masked: false), Sample.ring("a"),
        ])
        #expect(seen.map(\.arrivals) == [0, 0, 1, 10])
    }

    @Test func withoutBusMasteringNothingHappens() throws {
        let a = try Sample.device("a")
        let seen = try predict([
            .busMaster(device: a, enabled: false), Sample.ring("a"),
            transfer(.write, .doorbell), .busMaster(device: a, enabled: true), Sample.ring("a"),
        ])
        #expect(seen[1].arrivals == 0 && seen[2].faults == .exactly(false))
        #expect(seen[4].arrivals == 10)
    }

    @Test func aDeviceForgesItsOwnMessages() throws {
        let seen = try predict([transfer(.write, .doorbell)])
        #expect(seen[0].arrivals == 1 && seen[0].faults == .exactly(false))
    }

    @Test func onAFrameItForgesThoseOfOthersAndOnAnITSNot() throws {
        for (doorbell, arrivals) in [(Sample.frame, 1 as UInt64), (Sample.its, 0)] {
            let seen = try predict(
                [
                    Sample.attach("b"), Sample.arm("b"),
                    transfer(.write, .doorbell, of: "b"),
                ], on: try Sample.board([doorbell]))
            #expect(seen[2].arrivals == arrivals)
        }
    }

    @Test func thePhysicalDoorbellFaultsUnlessMemoryLiesThere() throws {
        let board = try Sample.board([Sample.frame], kernel: KernelVersion(major: 4, minor: 19))
        let seen = try predict(
            [
                transfer(.write, .physicalDoorbell), Sample.map(0x0802_0000, 0x1000),
                transfer(.write, .physicalDoorbell),
            ], on: board)
        #expect(seen[0].faults == .exactly(true) && seen[0].arrivals == 0)
        #expect(seen[2].faults == .exactly(false) && seen[2].arrivals == 0)
    }

    @Test func onlyASecondStageForbidsReading() throws {
        var board = try Sample.board()
        let open = try predict([transfer(.read, .doorbell)], on: board)
        #expect(open[0].faults?.all == [false, true])
        board.host.stage = .two
        #expect(try predict([transfer(.read, .doorbell)], on: board)[0].faults == .exactly(true))
        board.host.interface = .iommufd
        let table = try predict([transfer(.read, .doorbell)], on: board, as: .iommufdTable)
        #expect(table[0].faults == .exactly(false))
    }

    @Test func memoryIsReachedWhereItIsMapped() throws {
        let place = Transfer.Target.memory(Placement(base: IOVA(rawValue: 0x1000)))
        let seen = try predict([
            transfer(.write, place), Sample.map(0x1000, 0x1000), transfer(.write, place),
            Sample.unmap(0x1000, 0x1000), transfer(.read, place),
        ])
        #expect(seen[0].faults == .exactly(true) && seen[2].faults == .exactly(false))
        #expect(seen[4].faults == .exactly(true))
    }

    @Test func afterADisturbanceArmingAgainBringsTheSameMessages() throws {
        let a = try Sample.device("a")
        let seen = try predict([.disturb(device: a), Sample.arm("a"), Sample.ring("a")])
        #expect(seen[1].messages.first?.address.exact?.rawValue == 0x0800_0040)
        #expect(seen[1].doorbellMaps.isEmpty && seen[2].arrivals == 10)
    }

    /// QEMU's devices write by DMA without their requester ID: the ITS ignores what they forge, which
    /// proves nothing of isolation.
    @Test func anITSThatIsNotToldWhoWritesProvesNothing() throws {
        for (doorbell, known) in [(Sample.frame, true), (Sample.its, false)] {
            var board = try Sample.board([doorbell])
            board.host.isRequesterTold = false
            let seen = try predict([transfer(.write, .doorbell)], on: board)[0]
            #expect(seen.faults == .exactly(false))
            #expect(seen.arrivals == (known ? 1 : nil))
            #expect((seen.outcome == .succeeds) == known)
        }
    }

    @Test func aHostDriverThatAllocatesFirstHasItsDoorbellBelow() throws {
        var board = try Sample.board()
        board.host.defaultDomain = .translated
        let seen = try Sample.predict(
            [.giveBack(device: try Sample.device("a"))], on: board
        ).steps[0]
        let address = try #require(seen.messages.first?.address)
        #expect(address.allows(MessageAddress(rawValue: 0xffff_f040)))
        #expect(address.allows(MessageAddress(rawValue: 0xfff0_0040)))
        #expect(!address.allows(MessageAddress(rawValue: 0x0800_0040)))
        #expect(seen.doorbellMaps.isEmpty)
    }
}
