// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Vocabulary

extension Mutation {
    /// For each invariant a kernel that breaks it.
    static let breaking: [Mutation] = address + maps + userMaps + lifecycle + calls

    private static let message = "81 00 40 00 00 08"
    private static let doorbellRange = "iova=0x0000000008000000 - 0x0000000008001000"

    private static let address: [Mutation] = [
        Mutation(.msi(1), "the doorbell's offset is dropped") {
            $0.swapMessage(message, "81 00 00 00 00 08")
        },
        Mutation(.msi(2), "the message leads beside the map") {
            $0.swapMessage(message, "81 00 40 00 00 09")
        },
        Mutation(.msi(3), "messages are translated where nothing should") { $0.expectIdentity() },
        Mutation(.msi(4), "the base is shifted by one page") {
            $0.moveDoorbell(to: "iova=0x0000000008001000 - 0x0000000008002000")
        },
        Mutation(.msi(5), "the second doorbell is placed two pages up") {
            try $0.addSecondDoorbell()
            $0.addTrace(
                duringStep: 11,
                "map: IOMMU: iova=0x08002000 - 0x08003000 paddr=0x108090000 size=4096")
        },
        Mutation(.msi(6), "two vectors have two addresses") {
            $0.rewrite(.msix) { $0.replacing("08000040 00000000 00000001", with: "08001040 0 1") }
        },
        Mutation(.msi(7), "the data is no event of the device") {
            $0.swapMessage(message + " 00 00 00 00 00", message + " 00 00 00 00 07")
        },
    ]

    private static let maps: [Mutation] = [
        Mutation(.msi(12), "the map is as large as 16 pages") { story in
            story.moveDoorbell(to: "iova=0x0000000008000000 - 0x0000000008010000")
            let page = story.doorbellPage
            story.editTrace {
                [$0.contains(page) ? $0.replacing("size=4096", with: "size=65536") : $0]
            }
        },
        Mutation(.msi(13), "the page is not aligned") { story in
            let page = story.doorbellPage
            story.editTrace { [$0.replacing(page, with: page.dropLast(2) + "40")] }
        },
        Mutation(.msi(14), "each device gets its own map") { story in
            let page = story.doorbellPage
            story.addTrace(
                duringStep: 11, "map: IOMMU: iova=0x08001000 - 0x08002000 \(page) size=4096")
        },
        Mutation(.msi(15), "an unmap takes the doorbell while it is armed") {
            $0.addTrace(
                duringStep: 16, "unmap: IOMMU: \(doorbellRange) size=4096 unmapped_size=4096")
        },
        Mutation(.msi(16), "disarming unmaps the doorbell") {
            $0.addTrace(
                duringStep: 22, "unmap: IOMMU: \(doorbellRange) size=4096 unmapped_size=4096")
        },
        Mutation(.msi(17), "interrupts arrive before the doorbell is mapped") {
            $0.record.steps[10].ringing?.began = BoardInstant(rawValue: 1)
        },
        Mutation(.msi(18), "a user map maps the doorbell") { story in
            let page = story.doorbellPage
            story.addTrace(
                duringStep: 7, "map: IOMMU: iova=0x08001000 - 0x08002000 \(page) size=4096")
        },
        Mutation(.msi(19), "arming maps a foreign page") { story in
            let page = story.doorbellPage
            story.editTrace { [$0.replacing(page, with: "paddr=0x0000000009000000")] }
        },
        Mutation(.msi(20), "an unmap falls short") { story in
            story.rewrite(.trace) { $0.replacing("unmapped_size=4096", with: "unmapped_size=0") }
        },
        Mutation(.msi(21), "a page is mapped twice") { story in
            story.editTrace { $0.contains("iova=0x0000000007fff000") ? [$0, $0] : [$0] }
        },
    ]

    private static let userMaps: [Mutation] = [
        Mutation(.msi(22), "a map of the window succeeds") {
            $0.fail(step: 4, call: "VFIO_IOMMU_MAP_DMA", with: .none)
        },
        Mutation(.msi(29), "the window is not cut out of the ranges") {
            $0.record.steps[1].iovaRanges = [$0.board.aperture]
        },
        Mutation(.msi(31), "one page too many is cut out") {
            $0.fail(step: 6, call: "VFIO_IOMMU_MAP_DMA", with: .invalid)
        },
        Mutation(.msi(34), "the second device gets another address") {
            $0.swapMessage(message, "81 00 40 10 00 08", step: 11)
        },
        Mutation(.msi(71), "an unmap leaves a page") { story in
            story.editTrace {
                $0.contains("unmap:") && $0.contains("iova=0x0000000000100000") ? [] : [$0]
            }
        },
        Mutation(.msi(72), "the window is twice as large, and everybody says so") {
            $0.rewrite(.reserved) { $0.replacing("080fffff", with: "081fffff") }
        },
    ]

    private static let lifecycle: [Mutation] = [
        Mutation(.msi(43), "arming again gives another address") {
            $0.swapMessage(message, "81 00 40 10 00 08", step: 19)
        },
        Mutation(.msi(44), "the counter goes on after reopening") {
            $0.moveDoorbell(to: "iova=0x0000000008001000 - 0x0000000008002000", life: 2)
        },
        Mutation(.msi(59), "isolated interrupts are refused", story: "deny") {
            $0.fail(step: 1, call: "VFIO_SET_IOMMU", with: .notPermitted)
        },
        Mutation(.msi(65), "half of the raises are not counted") {
            $0.rewrite(.interrupts, step: 10) { $0.replacing("       100 ", with: "        50 ") }
        },
        Mutation(.msi(66), "one raise is lost") { $0.record.steps[10].ringing?.arrived = 99 },
        Mutation(.msi(69), "the region grows while a device is passed through") {
            $0.rewrite(.reserved, step: 20) { $0.replacing("080fffff", with: "081fffff") }
        },
    ]

    private static let calls: [Mutation] = [
        Mutation(.call(1), "another errno") {
            $0.fail(step: 8, call: "VFIO_IOMMU_MAP_DMA", with: .invalid)
        },
        Mutation(.call(2), "unmap reports too little") {
            $0.record.steps[14].unmapped = .kibibytes(4)
        },
        Mutation(.call(3), "a piece of a map is missing") { story in
            story.editTrace {
                $0.contains(": map:") && $0.contains("iova=0x0000000000100000") ? [] : [$0]
            }
        },
        Mutation(.log(1), "the kernel warns") {
            $0.rewrite(.log) {
                $0 + "[   12.345678] WARNING: CPU: 0 PID: 1 at drivers/iommu/io-pgtable-arm.c:281\n"
            }
        },
    ]
}
