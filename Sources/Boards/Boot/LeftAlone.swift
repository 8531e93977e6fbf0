// SPDX-License-Identifier: GPL-3.0-or-later

/// A board that was left to itself and did not come back, for which something is missing in the lab.
struct LeftAlone: Error, CustomStringConvertible {
    let reason: String
    let hasPower: Bool
    /// What a person must do to its loader; nothing where that is as it should be.
    let byHand: String?

    var description: String {
        let power = hasPower ? [] : ["the lab names no power switch for it: reset it by hand"]
        let loader = byHand.map { ["its boot loader may still take the kernel under test: \($0)"] }
        return ([reason] + power + (loader ?? [])).joined(separator: "; ")
    }
}
