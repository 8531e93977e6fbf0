// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension BoardDescription {
    /// A window of the hardware where a PC has it, and an ITS whose doorbell lies in it.
    package static let hardwareWindow = {
        var board = called(
            "hw-window", "MSIs at 0xfee00000 pass beside the IOMMU, as on a PC",
            controllers: [.its(0xfedf_0000)], functions: FunctionDescription.three)
        board.hardwareWindow = ConstantRange.range(0xfee0_0000, 0xfeef_ffff)
        return board
    }()

    /// As HiSilicon's 161x: writes to the ITS are never translated.
    package static let hiSilicon = {
        var board = called(
            "hisilicon", "as HiSilicon 161x: the ITS's own page is never translated",
            controllers: [.its(0xc600_0000)], functions: FunctionDescription.three)
        board.hardwareWindow = ConstantRange.range(0xc601_0000, 0xc601_ffff)
        board.listsBothWindows = true
        return board
    }()

    /// Two devices behind a bridge whose requester ID both carry.
    package static let aliases = called(
        "aliases", "two devices with one DevID in one group, a third for itself",
        controllers: [.its(0x0808_0000)],
        functions: [
            .at(2, 1, group: 2).with {
                $0.requester = 0x0200
                $0.msiVectors = 4
            },
            .at(2, 2, group: 2).with {
                $0.requester = 0x0200
                $0.msixVectors = 4
            },
            .at(3, 0, group: 3),
        ])

    /// An ITS, and one device that a GICv2m frame serves.
    package static let mixedControllers = called(
        "mixed", "an ITS, and a device that a GICv2m frame serves",
        controllers: [.its(0x0808_0000), .frame(0xe118_0000, 160...223)],
        functions: besideITS)

    /// An ITS, and one device that a distributor's MBIs serve.
    package static let messageBased = called(
        "mbi", "an ITS, and a device that GICv3 MBIs serve",
        controllers: [
            .its(0x0808_0000),
            ControllerDescription(
                kind: .mbi(spis: 160...223), base: PhysicalAddress(rawValue: 0xe116_0000)),
        ],
        functions: besideITS)

    private static let besideITS: [FunctionDescription] = [
        .at(1, 0, group: 1), .at(2, 0, group: 2).with { $0.controller = 1 },
        .at(3, 0, group: 3).with { $0.msixVectors = 5 },
    ]

    /// Devices whose firmware wants memory mapped for them.
    package static let directRegions = called(
        "direct-regions", "one device with a direct region, one with a relaxable one",
        controllers: [.its(0x0808_0000)],
        functions: [
            .at(1, 0, group: 1).with {
                $0.direct = [ConstantRange.range(0x2000_0000, 0x2000_ffff)]
            },
            .at(2, 0, group: 2).with {
                $0.relaxable = [ConstantRange.range(0x3000_0000, 0x3000_ffff)]
            },
            .at(3, 0, group: 3).with { $0.msixVectors = 5 },
        ])

    /// An SMMU of 32 bits.
    package static let smallAperture = called(
        "small-aperture", "an SMMUv3 that translates 32 bits only",
        smmus: [
            SMMUDescription(base: PhysicalAddress(rawValue: 0xe0a0_0000), inputBits: 32)
        ],
        controllers: [.frame(0x0802_0000, 80...143)], functions: FunctionDescription.three)

    /// As Socionext's Synquacer: each DevID has a doorbell of its own.
    package static let preITS = called(
        "pre-its", "an ITS behind a Synquacer pre-ITS",
        controllers: [
            ControllerDescription(
                kind: .preITS(window: PhysicalAddress(rawValue: 0x5800_0000)),
                base: PhysicalAddress(rawValue: 0x3002_0000))
        ], functions: FunctionDescription.three)
}
