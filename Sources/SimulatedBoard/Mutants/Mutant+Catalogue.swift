// SPDX-License-Identifier: GPL-3.0-or-later

extension Mutant {
    /// What is wrong with that kernel, in one sentence.
    package var summary: String {
        switch self {
        case .m1: "A doorbell is mapped at its physical address instead of an allocated IOVA."
        case .m2: "The doorbell's offset in its page is missing from the message."
        case .m3: "Each vector gets a map of its own."
        case .m4: "Each device gets a map of its own."
        case .m5: "The doorbell is mapped into the host's domain instead of the user's."
        case .m6: "Disabling vectors unmaps the doorbell."
        case .m7: "The window's pointer goes on where a closed container left it."
        case .m8: "A doorbell is mapped with 4 KiB whatever a page is."
        case .m9: "The window is filled from its end."
        case .m10: "The window's first page is left out."
        case .m11: "The SPI is of one frame and the doorbell of another."
        case .m12: "The window is not taken out of the IOVA ranges."
        case .m13: "The page behind the window is taken out of the IOVA ranges too."
        case .m14: "Unsafe interrupts are allowed whatever the parameter says."
        case .m15: "Doorbells are placed in the lowest hole instead of the highest."
        case .m16: "User maps that are replayed into a second domain are not reserved."
        case .m17: "Taking back a reservation frees the doorbell's page too."
        case .m18: "A reset leaves another message behind."
        case .m19: "What VFIO signals by itself is counted as an interrupt."
        case .m20: "A doorbell that cannot be mapped gives a message of all ones, without a word."
        case .m21: "Trace text ends a range with its last address."
        case .m22:
            "When the second device of a group is opened, it has no window in reserved_regions any more."
        case .m23: "A second group is refused because its domain has a cookie already."
        case .m24: "A stage 2 lets devices read doorbells."
        case .m25: "The software window is listed beside the hardware's."
        case .m26: "The first interrupt behind a move to another processor is lost."
        case .m27: "A vector that was raised under its mask comes twice."
        case .m28: "Unmapping user memory takes a doorbell's page out too."
        }
    }

    /// The invariants of the reference facts, section 4, of which one at least has to notice.
    ///
    /// M21 breaks none: it makes the evidence unreadable, which has to be told.
    package var brokenInvariants: [Int] {
        switch self {
        case .m1: [1, 3, 4, 26]
        case .m2: [1]
        case .m3: [14]
        case .m4: [14, 34]
        case .m5: [2, 66]
        case .m6: [15, 16, 43]
        case .m7: [44]
        case .m8: [12]
        case .m9: [5]
        case .m10: [4]
        case .m11: [38]
        case .m12: [22, 29]
        case .m13: [31]
        case .m14: [59]
        case .m15: [26]
        case .m16: [26, 36]
        case .m17: [24]
        case .m18: [46, 47]
        case .m19: [65]
        case .m20: [10]
        case .m21: []
        case .m22: [69]
        case .m23: [34]
        case .m24: [64]
        case .m25: [70]
        case .m26, .m27, .m28: [66]
        }
    }
}
