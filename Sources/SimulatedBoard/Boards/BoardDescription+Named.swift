// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension BoardDescription {
    /// Every named board.
    package static let all: [BoardDescription] = [
        .plainFrame, .plainITS, .overdrive, .thunderX, .severalFrames, .sixtyFourKiB, .sixteenKiB,
        .hardwareWindow, .hiSilicon, .aliases, .mixedControllers, .messageBased, .directRegions,
        .smallAperture,
        .preITS,
    ]

    /// A named board.
    package static func named(_ name: String) -> BoardDescription? {
        all.first { $0.name.text == name }
    }

    static func called(
        _ name: String, _ summary: String, smmus: [SMMUDescription] = [.atE0A0],
        controllers: [ControllerDescription], functions: [FunctionDescription]
    ) -> BoardDescription {
        guard let name = BoardName(name) else { preconditionFailure("'\(name)' is no name") }
        return BoardDescription(
            name: name, summary: summary, smmus: smmus, controllers: controllers,
            functions: functions)
    }

    /// Where the distributor of the GIC lies, out of the way of all else.
    var distributor: PhysicalAddress { PhysicalAddress(rawValue: 0xe111_0000) }
}

extension SMMUDescription {
    static let atE0A0 = SMMUDescription(base: PhysicalAddress(rawValue: 0xe0a0_0000))
}

extension ControllerDescription {
    static func frame(_ base: UInt64, _ spis: ClosedRange<UInt32>) -> ControllerDescription {
        ControllerDescription(kind: .frame(spis: spis), base: PhysicalAddress(rawValue: base))
    }

    static func its(_ base: UInt64) -> ControllerDescription {
        ControllerDescription(kind: .its, base: PhysicalAddress(rawValue: base))
    }
}

extension FunctionDescription {
    /// A function with one MSI vector, of four MSI-X where that is asked for.
    static func at(_ bus: UInt8, _ device: UInt8, group: Int) -> FunctionDescription {
        guard let address = PCIAddress(bus: bus, device: device, function: 0) else {
            preconditionFailure("\(device) is no device number")
        }
        return FunctionDescription(address: address, group: group, requester: address.requesterID)
    }

    func with(_ change: (inout FunctionDescription) -> Void) -> FunctionDescription {
        var changed = self
        change(&changed)
        return changed
    }

    /// The usual three: MSI only, MSI of eight vectors with masks, MSI-X.
    static let three: [FunctionDescription] = [
        .at(1, 0, group: 1),
        .at(2, 0, group: 2).with {
            $0.msiVectors = 8
            $0.canMaskMSI = true
        },
        .at(3, 0, group: 3).with {
            $0.msixVectors = 5
            $0.maskBits = 64
            $0.hostKind = .msix
            $0.hostVectors = 3
        },
    ]
}
