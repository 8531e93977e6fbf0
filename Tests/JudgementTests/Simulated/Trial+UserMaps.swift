// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Vocabulary

extension Trial {
    private static let top: UInt64 = 0xffff_f000
    private static let attached = [Go.open(), Go.attach("a")]

    static let userMaps: [Trial] = [
        Trial(
            23, Scene(.plainITS, .fixedWindow, attached + [Go.map(0x0800_0000)]),
            breaking: { $0.fail(step: 2, call: "VFIO_IOMMU_MAP_DMA", with: .invalid) },
            blinding: { $0.drop(.trace) }),
        Trial(
            24, Scene(.plainFrame, .mixed, attached + [Go.arm("a"), Go.map(top)]),
            breaking: { $0.fail(step: 3, call: "VFIO_IOMMU_MAP_DMA", with: .invalid) },
            blinding: { $0.drop(.trace) }),
        Trial(
            25, Scene(.plainFrame, .mixed, attached + [Go.map(0x0800_0000)]),
            breaking: { $0.fail(step: 2, call: "VFIO_IOMMU_MAP_DMA", with: .invalid) },
            blinding: { $0.record.steps[2].notDone = "power was lost" }),
        Trial(
            26, Scene(.plainFrame, .mixed, attached + [Go.arm("a")]),
            breaking: { story in
                story.rewrite(.trace) {
                    $0.replacing("iova=0x00000000fffff000", with: "iova=0x00000000ffffe000")
                }
            },
            blinding: { $0.drop(.trace) }),
        Trial(
            27,
            Scene(
                .plainFrame, .mixed,
                attached + [Go.map(top), Go.arm("a"), Go.unmap(top), Go.ring("a")]),
            breaking: { try $0.editMSI(of: "a", step: 5, [5: 0xf0]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            28,
            Scene(
                .plainFrame, .userWindow,
                attached + [Go.window(0x0800_0000, .mebibytes(1)), Go.map(0x0800_0000)]),
            breaking: { $0.fail(step: 3, call: "VFIO_IOMMU_MAP_DMA", with: .invalid) },
            blinding: { $0.record.steps[3].notDone = "power was lost" }),
        Trial(
            30,
            Scene(
                .directRegions,
                [
                    Go.open(), Go.attach("d"), Go.map(0x2000_0000), Go.attach("a"),
                    Go.map(0x4000_0000),
                ]),
            breaking: { $0.fail(step: 4, call: "VFIO_IOMMU_MAP_DMA", with: .invalid) },
            blinding: { $0.record.steps[3].notDone = "power was lost" }),
        Trial(
            32,
            Scene(
                attached + [
                    Go.arm("a"), Go.map(0x10_0000), Go.unmap(0, pages: 0x10000), Go.ring("a"),
                ]),
            breaking: { $0.record.steps[5].ringing?.arrived = 1 },
            blinding: { $0.record.steps[4].unmapped = nil }),
        Trial(
            33, Scene(attached + [Go.map(0x10_0000), Go.arm("a"), Go.ring("a")]),
            prepare: { $0.storm(map: 2, arm: 3) },
            breaking: { story in
                story.rewrite(.log) {
                    $0 + "[   12.345678] WARNING: CPU: 0 PID: 1 at drivers/iommu/dma-iommu.c:1\n"
                }
            },
            blinding: { $0.record.steps[2].calls.removeLast() }),
    ]
}

extension Story {
    /// Pretends that a map ran while a call armed.
    mutating func storm(map: Int, arm: Int) {
        guard let last = record.steps[arm].calls.last else { return }
        let began = BoardInstant(rawValue: last.ended.rawValue - 1)
        record.steps[map].calls.append(
            CallRecord(
                name: "VFIO_IOMMU_MAP_DMA", result: 0, errno: .none, began: began,
                ended: BoardInstant(rawValue: last.ended.rawValue + 1)))
    }
}
