// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// What plans of traffic must come to.
@Suite struct TrafficTests {
    private let first = VectorIndex(rawValue: 0)

    private func lane(
        _ stream: TrafficPlan.Stream, meanwhile: [Disturbance] = [], before: [Step] = [],
        on board: BoardFacts? = nil
    ) throws -> (lane: LaneExpectation, step: StepExpectation) {
        let plan = TrafficPlan(count: 100, streams: [stream], meanwhile: meanwhile)
        let all = try Sample.attached() + [Sample.arm("a")] + before + [.traffic(plan)]
        let seen = try Sample.predict(all, on: try board ?? Sample.board()).steps
        let last = try #require(seen.last)
        return (try #require(last.traffic?.lanes.first), last)
    }

    private func stream(burst: UInt32 = 1) throws -> TrafficPlan.Stream {
        TrafficPlan.Stream(device: try Sample.device("a"), burst: burst)
    }

    @Test func awaitedRaisesAllArrive() throws {
        let lane = try lane(stream()).lane
        #expect(lane.arrivals == 100...100 && !lane.mayMerge && lane.mayLose == 0)
    }

    @Test func ofEachBurstOneAtLeast() throws {
        let lane = try lane(stream(burst: 8)).lane
        #expect(lane.arrivals == 13...100 && lane.mayMerge && lane.mayLose == 0)
    }

    @Test func withoutBusMasteringNothingArrives() throws {
        let off = Step.busMaster(device: try Sample.device("a"), enabled: false)
        let lane = try lane(stream(), before: [off]).lane
        #expect(lane.arrivals == 0...0)
    }

    @Test func anLPIMayBeDroppedOnItsWayBefore6_5() throws {
        let a = try Sample.device("a")
        for (doorbell, version, lost) in [
            (Sample.its, KernelVersion(major: 6, minor: 1), 10 as UInt64),
            (Sample.its, KernelVersion(major: 6, minor: 12), 0),
            (Sample.frame, KernelVersion(major: 6, minor: 1), 0),
        ] {
            let board = try Sample.board([doorbell], kernel: version)
            let lane = try lane(stream(), meanwhile: [.steer(a, every: 10)], on: board).lane
            #expect(lane.mayLose == lost && lane.arrivals == (100 - lost)...100)
        }
    }

    @Test func anEventfdThatIsFilledOverflows() throws {
        let full = Disturbance.overflow(device: try Sample.device("a"), vector: first)
        #expect(try lane(stream(), meanwhile: [full]).lane.overflow == .always)
        let off = Step.busMaster(device: try Sample.device("a"), enabled: false)
        #expect(try lane(stream(), meanwhile: [full], before: [off]).lane.overflow == .never)
    }

    @Test func whereEveryRaiseMayBeLostAnEventfdMayOverflow() throws {
        let a = try Sample.device("a")
        let full = Disturbance.overflow(device: a, vector: first)
        let board = try Sample.board([Sample.its], kernel: KernelVersion(major: 6, minor: 1))
        for meanwhile in [[full, .steer(a, every: 1)], [.steer(a, every: 1), full]] {
            let lane = try lane(stream(), meanwhile: meanwhile, on: board).lane
            #expect(lane.arrivals == 0...100 && lane.overflow == .possible)
        }
    }

    @Test func aStormEndsAsAMapAlone() throws {
        let container = try Sample.main()
        func storm(_ pages: Int64) throws -> Outcome? {
            let storm = Disturbance.storm(
                container: container,
                at: Placement(base: IOVA(rawValue: 0x0800_0000), pages: pages),
                size: Extent(pages: 1), rounds: 3)
            return try lane(stream(), meanwhile: [storm]).step.traffic?.storm
        }
        #expect(try storm(-1) == .succeeds)
        #expect(try storm(0) == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .invalid))
    }

    @Test func whatIsKilledIsClosed() throws {
        let container = try Sample.main()
        let plan = TrafficPlan(count: 1, streams: [try stream()], meanwhile: [.kill(container)])
        let steps = try Sample.attached() + [Sample.arm("a"), .traffic(plan), Sample.ring("a")]
        let seen = try Sample.predict(steps, on: Sample.board()).steps
        guard case .impossible = try #require(seen.last).outcome else {
            Issue.record("a device of a dead process rings: \(seen.last?.outcome as Any)")
            return
        }
    }
}
