// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let hardwareWindowWins = Invariant(
        id: .msi(70), name: "hardware-window-wins",
        statement:
            "Where hardware reserves a window for MSIs, it alone is listed, no range and no user map meets it, and nothing is mapped in it.",
        generations: [.hardwareWindow], needs: [.calls, .trace, .reservedRegions],
        reason:
            "vfio_iommu_has_sw_msi prefers IOMMU_RESV_MSI, vfio_iommu_type1.c, 6.1; iort_iommu_msi_get_resv_regions, 6.1",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(70))
        for device in judged.evidence.record.devices.values.sorted() {
            guard let regions = judged.groups.regions(of: device) else {
                seen.cannotSee("reserved_regions of \(device) were not read")
                continue
            }
            let lines = regions.map(\.line.text)
            let right = judged.expectation.reservedRegions?[device]
            seen.check(
                right.map { $0 == lines } ?? true, "reserved_regions of \(device)",
                expected: right?.joined(separator: ", ") ?? "one window",
                observed: lines.joined(separator: ", "), lines: regions.map(\.line))
        }
        judged.judgeHardwareWindow(&seen)
        return seen
    }
}

extension JudgedCase {
    /// The windows that hardware reserves, as the model expects them.
    private var hardwareWindows: [IOVARange] {
        let lines = (expectation.reservedRegions ?? [:]).values.flatMap(\.self)
        let text = RawText(
            source: .boardFacts, file: "expected", text: lines.map { $0 + "\n" }.joined())
        let regions = ReservedRegionsText.parse(text).values.filter { $0.kind == .msi }
        return Array(Set(regions.map(\.range)))
    }

    fileprivate func judgeHardwareWindow(_ seen: inout Observations) {
        let windows = hardwareWindows
        for step in steps where step.record.notDone == nil {
            if let ranges = step.record.iovaRanges {
                let hit = ranges.filter { range in windows.contains { $0.overlaps(range) } }
                seen.check(
                    hit.isEmpty, step.record.subject, expected: "ranges without \(windows)",
                    observed: "\(ranges)", lines: [step.record.line("IOVA ranges \(ranges)")])
            }
            if let range = step.mapRange(board.pageSize), windows.contains(where: range.overlaps) {
                let errno = step.record.firstFailure?.errno ?? .none
                // A user's map that is in the way already is found first.
                let right = step.expected.refusal ?? .invalid
                seen.check(
                    errno == right, step.record.subject, expected: "\(right)",
                    observed: "\(errno)",
                    lines: step.record.callLines)
            }
            let maps = armingMaps(during: step.position)
            if step.isArming {
                seen.check(
                    maps.isEmpty, step.record.subject, expected: "no map",
                    observed: "\(maps.count) maps", lines: maps.map(\.line))
            }
        }
    }
}

extension StepExpectation {
    /// The errno that the model names; nothing where it names none.
    fileprivate var refusal: KernelErrno? {
        if case .refused(_, let errno) = outcome { errno } else { nil }
    }
}
