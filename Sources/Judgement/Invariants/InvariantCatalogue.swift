// SPDX-License-Identifier: GPL-3.0-or-later

/// Every invariant that is judged, in the order of reports.
package enum InvariantCatalogue {
    package static let all: [Invariant] =
        address + maps + userMaps + lifecycle + counting + constants + calls

    /// How a message is put together.
    private static let address: [Invariant] = [
        .messageLeadsToDoorbell, .messageIsMapped, .untranslatedMessage, .firstDoorbellAtBase,
        .doorbellsInOrder, .vectorsShareAddress, .dataNamesInterrupt,
    ]

    /// Map events.
    private static let maps: [Invariant] = [
        .doorbellMapSize, .doorbellMapAlignment, .oneMapPerDoorbell, .doorbellStaysWhileArmed,
        .doorbellNeverUnmapped, .attachBeforeDoorbell, .doorbellMappedByArming,
        .onlyServingDoorbell, .unmapIsWhole, .liveMapsApart,
    ]

    /// User maps beside the window, and devices beside each other.
    private static let userMaps: [Invariant] = [
        .windowIsRefused, .rangesLeaveReserved, .neighboursAreMappable, .devicesShareDoorbell,
    ]

    /// What lasts from one arming, opening or attaching to the next.
    private static let lifecycle: [Invariant] = [
        .rearmKeepsAddress, .reopenStartsAnew, .attachObeysSafety,
    ]

    private static let counting: [Invariant] = [.raisesAreCounted, .raisesArrive]

    /// What never changes, and what is left behind.
    private static let constants: [Invariant] = [
        .reservedRegionsConstant, .unmapCoversMap, .windowIsConstant,
    ]

    /// What the numbered list leaves out.
    private static let calls: [Invariant] = [
        .outcomeAsPredicted, .unmapReportsMapped, .mapIsTraced, .logIsCalm,
    ]

    /// Finds an invariant by its name in reports.
    package static func invariant(_ id: InvariantID) -> Invariant? { all.first { $0.id == id } }
}
