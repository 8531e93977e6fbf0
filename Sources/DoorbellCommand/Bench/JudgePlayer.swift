// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Plays expectations into records and texts, in the kernel's own forms.
struct JudgePlayer {
    static let process: Int32 = 100

    let devices: [DeviceName: PCIAddress]
    private var trace: [String] = []
    /// Microseconds since boot.
    private var now: UInt64 = 1_000_000
    private var counts: [PCIAddress: UInt64] = [:]

    init(devices: [DeviceName: PCIAddress]) { self.devices = devices }

    /// Carries out a step as the model says.
    mutating func play(_ expected: StepExpectation) -> StepRecord {
        var record = StepRecord(index: expected.index, step: expected.step)
        let began = now
        events(expected)
        now += 10
        if let name = Self.call(of: expected.step) {
            record.calls = [
                CallRecord(
                    name: name, result: 0, errno: .none, began: Self.instant(began),
                    ended: Self.instant(now))
            ]
        }
        now += 10
        record.iovaRanges = expected.iovaRanges
        record.unmapped = expected.unmapped
        ring(expected, &record)
        texts(expected, &record)
        return record
    }

    /// The texts of the whole case.
    func texts(of expectation: Expectation) -> [RawText] {
        let regions = (expectation.reservedRegions ?? [:]).map { device, lines in
            RawText(
                source: .reservedRegions(device), file: "reserved_regions.\(device)",
                text: lines.map { $0 + "\n" }.joined())
        }
        return [
            RawText(
                source: .trace, file: "trace.txt",
                text: "# tracer: nop\n#\n# entries-in-buffer/entries-written: "
                    + "\(trace.count)/\(trace.count)   #P:1\n#\n"
                    + trace.joined(separator: "\n") + "\n"),
            RawText(source: .kernelLog, file: "log.txt", text: ""),
        ] + regions
    }

    private mutating func events(_ expected: StepExpectation) {
        if case .attach(let name, _) = expected.step, let device = devices[name] {
            tell("attach_device_to_domain: IOMMU: device=\(device)")
        }
        for probe in expected.probes {
            map(probe, PhysicalAddress(rawValue: 0x4000_0000))
            unmap(probe)
        }
        for range in expected.userMaps { map(range, PhysicalAddress(rawValue: 0x5000_0000)) }
        for page in expected.doorbellMaps.compactMap(\.exact) {
            if let range = page.range { map(range, page.page) }
        }
        for range in expected.userUnmaps { unmap(range) }
    }

    private mutating func map(_ range: IOVARange, _ paddr: PhysicalAddress) {
        tell("map: IOMMU: \(Self.words(range)) paddr=\(paddr) size=\(Self.size(range))")
    }

    private mutating func unmap(_ range: IOVARange) {
        let size = Self.size(range)
        tell("unmap: IOMMU: \(Self.words(range)) size=\(size) unmapped_size=\(size)")
    }

    private mutating func tell(_ event: String) {
        now += 2
        let fraction = String(now % 1_000_000 + 1_000_000).dropFirst()
        trace.append("agent-\(Self.process) [000] ..... \(now / 1_000_000).\(fraction): \(event)")
    }

    private mutating func ring(_ expected: StepExpectation, _ record: inout StepRecord) {
        guard case .ring(let name, let vector, let count) = expected.step,
            let device = devices[name], let arrivals = expected.arrivals
        else { return }
        counts[device, default: 0] += arrivals
        record.ringing = RingRecord(
            device: device, vector: vector, raised: UInt64(count), arrived: arrivals, spurious: 0,
            medianLatency: 1, worstLatency: 1, elapsed: 1, began: Self.instant(now),
            ended: Self.instant(now + 5))
        now += 10
    }

    /// The tables that are read after a step that arms or rings.
    private func texts(_ expected: StepExpectation, _ record: inout StepRecord) {
        switch expected.step {
        case .arm, .ring: break
        default: return
        }
        for (device, messages) in Dictionary(grouping: expected.messages, by: \.device) {
            let entries = messages.map { vector -> String in
                let address = vector.address.all.first?.rawValue ?? 0
                let words = [
                    address & 0xffff_ffff, address >> 32, UInt64(vector.vector.rawValue), 0,
                ]
                return words.map { Hexadecimal.digits($0, width: 8) }.joined(separator: " ") + "\n"
            }
            record.texts.append(
                RawText(
                    source: .msixTable(device), file: "step-\(record.index).msix",
                    text: entries.joined()))
        }
        let lines = devices.values.sorted().enumerated().map { place, device in
            " \(30 + place): \(counts[device] ?? 0) ITS-MSI \(place) Edge vfio-msix[0](\(device))\n"
        }
        record.texts.append(
            RawText(
                source: .interrupts, file: "step-\(record.index).interrupts",
                text: "           CPU0\n" + lines.joined()))
    }

    private static func instant(_ microseconds: UInt64) -> BoardInstant {
        BoardInstant(rawValue: microseconds * 1_000)
    }

    private static func size(_ range: IOVARange) -> UInt64 {
        range.last.rawValue - range.first.rawValue + 1
    }

    private static func words(_ range: IOVARange) -> String {
        "iova=\(range.first) - \(Hexadecimal.prefixed(range.last.rawValue + 1, width: 8))"
    }

    /// The call that does a step's work; nothing for steps without one.
    private static func call(of step: Step) -> String? {
        switch step {
        case .open: "open"
        case .attach: "VFIO_SET_IOMMU"
        case .map: "VFIO_IOMMU_MAP_DMA"
        case .unmap: "VFIO_IOMMU_UNMAP_DMA"
        case .arm, .disarm: "VFIO_DEVICE_SET_IRQS"
        case .detach: "VFIO_GROUP_UNSET_CONTAINER"
        case .close: "close"
        default: nil
        }
    }
}
