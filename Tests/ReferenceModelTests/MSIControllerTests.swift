// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

@Suite struct MSIControllerTests {
    private func frame(_ base: UInt64, _ first: UInt32, _ last: UInt32) -> Doorbell {
        Doorbell(
            kind: .gicV2m(
                spis: InterruptID(rawValue: first)...InterruptID(rawValue: last)),
            base: PhysicalAddress(rawValue: base))
    }

    private var two: MSIController {
        MSIController(doorbells: [frame(0x1000, 64, 67), frame(0x2000, 68, 75)])
    }

    private func vectors(_ count: UInt32) -> [VectorContext] {
        (0..<count).map {
            VectorContext(device: DeviceID(rawValue: 0), vector: VectorIndex(rawValue: $0))
        }
    }

    private func ids(_ values: UInt32...) -> Set<InterruptID> {
        Set(values.map { InterruptID(rawValue: $0) })
    }

    @Test func framesShareADomainAndServicesDoNot() {
        let its = Doorbell(kind: .its, base: PhysicalAddress(rawValue: 0x10_0000))
        let other = Doorbell(kind: .its, base: PhysicalAddress(rawValue: 0x20_0000))
        let doorbells = [two.doorbells[0], its, two.doorbells[1], other]
        let controllers = MSIController.grouping(doorbells)
        #expect(controllers.map(\.doorbells) == [two.doorbells, [its], [other]])
        #expect(controllers.map(\.isIsolated) == [false, true, true])
    }

    @Test func vectorsSpillIntoTheNextFrame() throws {
        let places = try #require(two.places(of: vectors(5), taken: ids(65)))
        #expect(places.map(\.interrupt?.rawValue) == [64, 66, 67, 68, 69])
        #expect(places.map(\.doorbell.base.rawValue) == [0x1000, 0x1000, 0x1000, 0x2000, 0x2000])
        #expect(two.places(of: vectors(12), taken: ids(65)) == nil)
        #expect(
            two.doorbells(ofVectors: 5, free: [3, 8])?.map(\.base.rawValue)
                == places.map(\.doorbell.base.rawValue))
        #expect(two.doorbells(ofVectors: 12, free: [3, 8]) == nil)
    }

    @Test func aBlockGoesWhereItFitsAligned() throws {
        let block = VectorContext(device: DeviceID(rawValue: 0), block: 4)
        #expect(try #require(two.places(of: [block], taken: [])).map(\.interrupt?.rawValue) == [64])
        let places = try #require(two.places(of: [block], taken: ids(67)))
        #expect(places.map(\.interrupt?.rawValue) == [68])
        #expect(places.first?.doorbell == two.doorbells[1])
        let eight = VectorContext(device: DeviceID(rawValue: 0), block: 8)
        #expect(two.candidates(for: eight).isEmpty)
        #expect(two.candidates(for: block) == two.doorbells)
    }

    @Test func theBoardSaysWhoServesWhom() throws {
        let device = try #require(PCIAddress("0000:01:00.0"))
        let beside = try #require(PCIAddress("0000:01:00.1"))
        let other = try #require(PCIAddress("0000:02:00.0"))
        var board = try Sample.board(two.doorbells)
        #expect(board.topology.controllers.count == 1)
        #expect(board.controller(of: device) == two)
        #expect(board.doorbell(of: device) == nil)
        #expect(board.deviceID(of: device) == DeviceID(rawValue: 0x100))
        let its = MSIController(doorbells: [Sample.its])
        let proxied = DeviceRoute(controller: its, device: DeviceID(rawValue: 0x100))
        board.topology.controllers.append(its)
        board.topology.routes = [device: proxied, beside: proxied]
        board.topology.routes[other] = DeviceRoute(
            controller: nil, device: DeviceID(rawValue: 0x200))
        #expect(board.sharers(of: device) == [beside])
        #expect(board.context(of: device, vector: VectorIndex(rawValue: 1)).sharesDevice)
        #expect(board.doorbell(of: device) == Sample.its)
        #expect(board.controller(of: other) == nil)
        #expect(
            board.doorbellPages.map(\.rawValue).sorted() == [0x1000, 0x2000, 0x0809_0000])
    }
}
