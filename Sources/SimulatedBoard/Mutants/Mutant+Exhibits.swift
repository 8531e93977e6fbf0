// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Mutant {
    /// Where the defect shows.
    package var exhibit: MutantExhibit {
        switch self {
        case .m1, .m2, .m5, .m10:
            MutantExhibit(.plainFrame, .fixedWindowWithRanges, Self.oneVector)
        case .m3, .m21:
            MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [Story.open, Story.attach("d"), Story.arm("d", .msix, 3), Story.ring("d")])
        case .m4, .m6, .m7, .m8, .m9, .m11: doorbellExhibit
        case .m12, .m13, .m22, .m23, .m25: regionExhibit
        case .m15, .m16, .m17, .m20: mixedExhibit
        case .m14, .m18, .m19, .m24: deviceExhibit
        case .m26, .m27, .m28: trafficExhibit
        }
    }

    private static let oneVector = [
        Story.open, Story.attach("a"), Story.arm("a"), Story.ring("a"), Story.disarm("a"),
        Story.detach("a"), Story.close,
    ]

    private var doorbellExhibit: MutantExhibit {
        switch self {
        case .m4:
            MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [
                    Story.open, Story.attach("a"), Story.attach("b"), Story.arm("a"),
                    Story.arm("b"), Story.ring("a"), Story.ring("b"),
                ])
        case .m6:
            MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [
                    Story.open, Story.attach("a"), Story.arm("a"), Story.disarm("a"),
                    Story.arm("a"), Story.ring("a"),
                ])
        case .m7:
            MutantExhibit(
                .plainFrame, .fixedWindowWithRanges, Self.oneVector + Self.oneVector)
        case .m8: MutantExhibit(.sixtyFourKiB, .fixedWindowWithRanges, Self.oneVector)
        case .m9:
            MutantExhibit(
                .thunderX, .fixedWindowWithRanges,
                // The second rings the other node's ITS through the same SMMU.
                [
                    Story.open, Story.attach("a"), Story.attach("i"), Story.arm("a"),
                    Story.arm("i"), Story.ring("a"), Story.ring("i"),
                ])
        default:
            MutantExhibit(
                .severalFrames, .fixedWindowWithRanges, Self.oneVector)
        }
    }

    private var regionExhibit: MutantExhibit {
        let window: UInt64 = 0x0800_0000
        let end: UInt64 = 0x0810_0000
        return switch self {
        case .m12:
            MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [Story.open, Story.attach("a"), Story.map(window), Story.map(window, back: -1)])
        case .m13:
            MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [Story.open, Story.attach("a"), Story.map(end, back: -1), Story.map(end)])
        case .m22:
            MutantExhibit(
                .aliases, .fixedWindowWithRanges,
                [Story.open, Story.attach("a"), Story.attach("b")])
        case .m23:
            MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [
                    Story.open, Story.attach("a"), Story.attach("b"), Story.arm("a"),
                    Story.arm("b"),
                ])
        default:
            MutantExhibit(
                .hardwareWindow, .hardwareWindow,
                [Story.open, Story.attach("a"), Story.map(window), Story.arm("a"), Story.ring("a")])
        }
    }

    private var mixedExhibit: MutantExhibit {
        let top: UInt64 = 0xffff_f000
        return switch self {
        case .m15: MutantExhibit(.plainFrame, .mixed, Self.oneVector)
        case .m16:
            MutantExhibit(
                .thunderX, .mixed,
                [
                    Story.open, Story.attach("a"), Story.map(top), Story.attach("g"),
                    Story.arm("g"), Story.ring("g"),
                ])
        case .m17:
            MutantExhibit(
                .thunderX, .mixed,
                [
                    Story.open, Story.attach("a"), Story.attach("i"), Story.arm("a"),
                    Story.map(top), Story.arm("i"), Story.ring("a"), Story.ring("i"),
                ])
        default:
            MutantExhibit(
                .plainFrame, .fixedWindow,
                [Story.open, Story.attach("a"), Story.map(0x0800_0000), Story.arm("a")])
        }
    }

    private var deviceExhibit: MutantExhibit {
        switch self {
        case .m14:
            var exhibit = MutantExhibit(
                .plainFrame, .fixedWindowWithRanges, [Story.open, Story.attach("a")])
            exhibit.unsafeInterruptsAllowed = false
            return exhibit
        case .m18:
            return MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [
                    Story.open, Story.attach("d"), Story.arm("d", .msix, 2),
                    .reset(device: Story.name("d")), Story.ring("d"),
                ])
        case .m19:
            return MutantExhibit(
                .plainITS, .fixedWindowWithRanges,
                [Story.open, Story.attach("a"), Story.arm("a"), Story.loopBack("a")])
        default:
            return MutantExhibit(
                .overdrive, .fixedWindowWithRanges,
                [Story.open, Story.attach("a"), Story.arm("a"), Story.ring("a"), Story.read("a")])
        }
    }

    private var trafficExhibit: MutantExhibit {
        let device: DeviceName = Story.name("d")
        let disturbance: Disturbance =
            switch self {
            case .m26: .steer(device, every: 4)
            case .m27: .mask(device, every: 4)
            default:
                .storm(
                    container: Story.container,
                    at: Placement(base: IOVA(rawValue: 0x0800_0000), pages: -1),
                    size: Extent(pages: 1), rounds: 4)
            }
        return MutantExhibit(
            .plainFrame, .fixedWindowWithRanges,
            [
                Story.open, Story.attach("d"), Story.arm("d", .msix, 2),
                .traffic(TrafficPlan(count: 12, meanwhile: [disturbance])),
            ])
    }
}
