// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

/// One random value of every request; the compiler names the one that is missing.
extension SeededGenerator {
    mutating func request(_ kind: RequestKind) -> any AgentRequest {
        switch kind {
        case .hello: Hello()
        case .openContainer: OpenContainer()
        case .setIOMMU: SetIOMMU(container: container(), backEnd: .type1)
        case .containerInfo: GetContainerInfo(container: container())
        case .map:
            MapMemory(
                container: container(), iova: IOVA(rawValue: number()), size: size(),
                access: MappingAccess(rawValue: number()), fill: choice())
        case .unmap:
            UnmapMemory(container: container(), iova: IOVA(rawValue: number()), size: size())
        case .unmapAll: UnmapEverything(container: container())
        case .closeContainer: CloseContainer(container: container())
        case .openGroup: OpenGroup(number: GroupNumber(rawValue: number()))
        case .attachGroup: AttachGroup(container: container(), group: group())
        case .detachGroup: DetachGroup(group: group())
        case .closeGroup: CloseGroup(group: group())
        default: deviceRequest(kind)
        }
    }

    private mutating func deviceRequest(_ kind: RequestKind) -> any AgentRequest {
        switch kind {
        case .openDevice: OpenDevice(group: group(), address: pciAddress())
        case .readRegion:
            ReadRegion(device: device(), region: number(), offset: number(), size: number())
        case .readConfig: ReadConfig(device: device(), offset: number(), size: number())
        case .setBusMaster: SetBusMaster(device: device(), isOn: next() & 1 == 0)
        case .resetDevice: ResetDevice(device: device())
        case .readMSIXTable: ReadMSIXTable(device: device())
        case .disturb: DisturbDevice(device: device())
        case .transfer:
            TransferBytes(
                device: device(), direction: choice(), address: IOVA(rawValue: number()),
                value: number(), timeout: time(), settling: time())
        case .readHostMSIXTable: ReadHostMSIXTable(address: pciAddress())
        case .closeDevice: CloseDevice(device: device())
        case .interruptInfo: GetInterruptInfo(device: device(), interrupt: choice())
        case .enable: EnableInterrupts(device: device(), interrupt: choice(), count: number())
        case .disable: DisableInterrupts(device: device(), interrupt: choice())
        case .loopback:
            TriggerLoopback(device: device(), vector: vector(), count: number(), timeout: time())
        case .maskVector:
            MaskVector(
                device: device(), vector: vector(), isMasked: next() & 1 == 0, settling: time())
        case .counts: GetCounts(device: device())
        case .ring:
            Ring(
                device: device(), vector: VectorIndex(rawValue: number()), count: number(),
                timeout: time(), burst: number(), pace: time(), way: choice())
        case .traffic: traffic()
        default: fileRequest(kind)
        }
    }

    private mutating func traffic() -> RunTraffic {
        RunTraffic(
            lanes: few().map { _ in
                TrafficLane(
                    device: device(), vector: vector(), burst: number(), pace: time(),
                    way: choice(), interrupt: number(), isFilled: next() & 1 == 0)
            },
            deeds: few().map { _ in TrafficDeed(choice(), device: device(), every: number()) },
            count: number(), order: choice(), seed: number(), timeout: time(),
            storm: maybe(
                TrafficStorm(
                    container: container(), iova: IOVA(rawValue: number()), size: size(),
                    rounds: number())),
            goesOn: next() & 1 == 0)
    }

    private mutating func trafficResult() -> TrafficResult {
        var tally = RaiseTally()
        tally.enter(burst: UInt64.random(in: 1...999, using: &self), before: 3, behind: 5)
        var histogram = LatencyHistogram()
        histogram.record(time())
        let lane = LaneResult(
            stimulus: text(), tally: tally, premature: number(), maskings: number(),
            sinceArmed: maybe(number()), overflowed: next() & 1 == 0, latency: histogram)
        let storm = StormResult(
            rounds: number(), maps: number(), unmaps: number(), errno: .invalid,
            overlaps: number())
        return TrafficResult(
            lanes: few().map { _ in lane }, storm: maybe(storm), moves: number(),
            refusedMoves: number(), rearmings: number(), resets: number(),
            began: BoardInstant(rawValue: number()), ended: BoardInstant(rawValue: number()))
    }

    private mutating func fileRequest(_ kind: RequestKind) -> any AgentRequest {
        switch kind {
        case .readFile: ReadFile(path: text(), offset: number(), limit: number())
        case .writeFile: WriteFile(path: text(), bytes: bytes(7), creates: next() & 1 == 0)
        case .handlePath: HandlePath(path: text(), action: choice())
        case .readKernelLog: ReadKernelLog()
        case .releaseAll: ReleaseAll()
        case .rearmTimers: RearmTimers()
        case .endProcess: EndProcess(process: number())
        default: preconditionFailure("\(kind) has no example: add one above")
        }
    }

    /// One random value of every kind of answer.
    mutating func answers() -> [any WireValue] {
        let region = RegionInfo(
            index: number(), flags: number(), size: size(), offset: number(), raw: bytes(9))
        let interrupt = InterruptInfo(index: number(), flags: number(), count: number())
        let entry = MSIXEntry(
            message: MSIMessage(address: MessageAddress(rawValue: number()), data: number()),
            control: number())
        return [
            Done(), BytesRead(bytes: bytes(5)), region, interrupt, entry,
            AgentIdentity(
                process: number(), kernelRelease: text(), machine: text(), pageSize: size(),
                clock: BoardInstant(rawValue: number()), build: text(), controller: text()),
            OpenedContainer(container: container(), apiVersion: number()),
            ContainerInfo(
                flags: number(), pageSizes: number(), ranges: few().map { _ in range() },
                mappingsLeft: maybe(number()), raw: bytes(11)),
            Unmapped(size: size()), OpenedGroup(group: group(), flags: number()),
            OpenedDevice(
                device: device(), flags: number(), regions: few().map { _ in region },
                interrupts: few().map { _ in interrupt }),
            CommandRegister(before: number(), after: number()),
            MaskedVector(
                wasMasked: next() & 1 == 0, isMasked: next() & 1 == 0, signals: number()),
            transferResult(), trafficResult(),
            MSIXTable(
                capability: bytes(12), entries: few().map { _ in entry }, raw: bytes(16),
                pending: bytes(8)),
            EnabledInterrupts(possible: maybe(number())),
            InterruptCounts(totals: few().map { _ in number() }), ringResult(),
            FileContents(bytes: bytes(3), isComplete: next() & 1 == 0),
            PathNames(names: few().map { _ in bytes(4) }),
            Reply(Unmapped(size: size()), calls: few().map { _ in record() }),
            Reply<Done>(
                failed: choice(), errno: .invalid, calls: few().map { _ in record() }),
            RefusedRequest(refusal(), calls: few().map { _ in record() }),
        ]
    }

    private mutating func ringResult() -> RingResult {
        RingResult(
            stimulus: text(), raised: number(), arrived: number(), lost: number(),
            spurious: number(), overflowed: next() & 1 == 0, shortest: time(), median: time(),
            percentile99: time(),
            longest: time(), elapsed: time())
    }

    private mutating func transferResult() -> TransferResult {
        TransferResult(
            value: maybe(number()), memory: maybe(number()),
            signals: few().map { _ in
                VectorSignals(device: device(), vector: vector(), count: number())
            }, began: BoardInstant(rawValue: number()), ended: BoardInstant(rawValue: number()))
    }

    private mutating func vector() -> VectorIndex { VectorIndex(rawValue: number()) }
    private mutating func container() -> ContainerHandle { ContainerHandle(rawValue: number()) }
    private mutating func group() -> GroupHandle { GroupHandle(rawValue: number()) }
    private mutating func device() -> DeviceHandle { DeviceHandle(rawValue: number()) }
    private mutating func size() -> ByteCount { ByteCount(rawValue: number()) }
    private mutating func time() -> Nanoseconds { Nanoseconds(rawValue: number()) }
}
