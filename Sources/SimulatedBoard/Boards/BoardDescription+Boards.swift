// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension BoardDescription {
    /// One GICv2m frame where QEMU has it.
    package static let plainFrame = called(
        "frame", "one GICv2m frame, one SMMUv3",
        controllers: [.frame(0x0802_0000, 80...143)], functions: FunctionDescription.three)

    /// One ITS where QEMU has it.
    package static let plainITS = called(
        "its", "one GICv3 ITS, one SMMUv3", controllers: [.its(0x0808_0000)],
        functions: FunctionDescription.three)

    /// As AMD's Overdrive: one frame, stage 2 only, 40 bits.
    package static let overdrive = {
        var board = called(
            "overdrive",
            "as AMD Overdrive: one GICv2m frame, an MMU-401 with stage 2 only, 40 bits",
            smmus: [
                SMMUDescription(
                    base: PhysicalAddress(rawValue: 0xe0a0_0000), architecture: .two, stage: 2,
                    inputBits: 40, pageSizes: 0x6221_5000)
            ],
            controllers: [.frame(0xe118_0000, 64...319)], functions: FunctionDescription.three)
        board.bridgeWindows = [ConstantRange.range(0x4000_0000, 0xbfff_ffff)]
        board.memoryBase = PhysicalAddress(rawValue: 0x80_0000_0000)
        return board
    }()

    /// As a ThunderX of two sockets: an ITS and an SMMU on each node.
    package static let thunderX = called(
        "thunderx", "as Cavium ThunderX of two nodes: an ITS and an SMMUv2 on each",
        smmus: [
            SMMUDescription(
                base: PhysicalAddress(rawValue: 0x8300_0000_0000), architecture: .two),
            SMMUDescription(
                base: PhysicalAddress(rawValue: 0x9300_0000_0000), architecture: .two),
        ],
        controllers: [.its(0x8010_0002_0000), .its(0x9010_0002_0000)],
        functions: FunctionDescription.three + [
            .at(0x11, 0, group: 11).with {
                $0.smmu = 1
                $0.controller = 1
            },
            .at(0x12, 0, group: 12).with {
                $0.smmu = 1
                $0.controller = 1
                $0.msixVectors = 4
            },
            .at(0x13, 0, group: 13).with { $0.controller = 1 },
        ])

    /// Three frames, the first so small that it overflows into the others.
    package static let severalFrames = called(
        "several-frames", "three GICv2m frames of four, eight and sixty-four SPIs",
        controllers: [
            .frame(0x0802_0000, 80...83), .frame(0x0802_1000, 88...95),
            .frame(0x0803_0000, 128...191),
        ],
        functions: FunctionDescription.three + [.at(4, 0, group: 4), .at(5, 0, group: 5)])

    /// 64 KiB pages, and a frame that does not begin where a page does.
    package static let sixtyFourKiB = {
        var board = called(
            "sixty-four-k", "64 KiB pages, a GICv2m frame of 4 KiB in the middle of one",
            controllers: [.frame(0xe118_4000, 64...319)], functions: FunctionDescription.three)
        board.page = .sixtyFourKiB
        board.neighbours = [
            Neighbour(
                first: PhysicalAddress(rawValue: 0xe118_2000), size: .kibibytes(4),
                owner: "e1182000.watchdog")
        ]
        return board
    }()

    /// 16 KiB pages.
    package static let sixteenKiB = {
        var board = called(
            "sixteen-k", "16 KiB pages, one GICv3 ITS", controllers: [.its(0x0808_0000)],
            functions: FunctionDescription.three)
        board.page = .sixteenKiB
        return board
    }()
}
