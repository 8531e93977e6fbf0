// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

/// Something odd that decoding met in configuration space: a remark on the device, not an error.
package enum CapabilityNote: Hashable, Sendable {
    /// The function answers every read with ones: it is gone, asleep or behind a dead link.
    case allOnes
    /// The header itself was not read, or has an unknown layout.
    case headerUnreadable
    /// The chain comes back to a structure that it has passed.
    case loop(at: Int)
    /// A pointer leads into the header, or out of the extended space into the first 256 bytes.
    case pointerOutside(at: Int)
    /// A pointer leads to bytes that were not read: without root only 64 are readable.
    case beyondWhatWasRead(at: Int)
    /// A structure whose header is all ones.
    case onesInChain(at: Int)
    /// A structure that ends before its fields do; it is listed, not decoded.
    case truncated(id: CapabilityID, at: Int)
}

extension CapabilityNote: CustomStringConvertible {
    package var description: String {
        switch self {
        case .allOnes: "the function answers with ones only"
        case .headerUnreadable: "the configuration header cannot be read"
        case .loop(let place): "the capability chain loops at [\(digits(place))]"
        case .pointerOutside(let place): "a capability pointer leads to [\(digits(place))]"
        case .beyondWhatWasRead(let place): "the capability at [\(digits(place))] was not read"
        case .onesInChain(let place): "the capability at [\(digits(place))] is all ones"
        case .truncated(let id, let place):
            "\(id.name ?? "capability \(digits(Int(id.number)))") at [\(digits(place))] is cut off"
        }
    }

    private func digits(_ offset: Int) -> String {
        Hexadecimal.digits(UInt64(offset), width: 2)
    }
}
