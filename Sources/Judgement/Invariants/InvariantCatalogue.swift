// SPDX-License-Identifier: GPL-3.0-or-later

/// Every invariant that is judged, in the order of reports.
package enum InvariantCatalogue {
    package static let all: [Invariant] =
        address + maps + userMaps + devices + lifecycle + limits + safety + counting + calls
        + observer + foreign

    /// How a message is put together.
    private static let address: [Invariant] = [
        .messageLeadsToDoorbell, .messageIsMapped, .untranslatedMessage, .firstDoorbellAtBase,
        .doorbellsInOrder, .vectorsShareAddress, .dataNamesInterrupt, .blockIsAligned,
        .upperHalfIsZero, .neverAllOnes, .steeringKeepsMessage,
    ]

    /// Map events.
    private static let maps: [Invariant] = [
        .doorbellMapSize, .doorbellMapAlignment, .oneMapPerDoorbell, .doorbellStaysWhileArmed,
        .doorbellNeverUnmapped, .attachBeforeDoorbell, .doorbellMappedByArming,
        .onlyServingDoorbell, .unmapIsWhole, .liveMapsApart,
    ]

    /// User maps beside the doorbells.
    private static let userMaps: [Invariant] = [
        .windowIsRefused, .windowIsOpen, .collisionIsRefused, .noFixedHole, .highestFreePage,
        .holeIsUsedAgain, .userWindowIsKept, .rangesLeaveReserved, .failedAttachLeavesNothing,
        .neighboursAreMappable, .hugeUnmapSparesDoorbells, .stormsDoNoHarm,
    ]

    /// Several devices, groups, domains and doorbells.
    private static let devices: [Invariant] = [
        .devicesShareDoorbell, .containersAreIndependent, .domainsOfOneContainer,
        .eachItsOwnDoorbell, .frameOwnsItsInterrupt, .sharedGroupIsRefused, .aliasesShareEvents,
        .lateDeviceChangesNothing, .orderDoesNotMatter,
    ]

    /// What lasts from one arming, opening or attaching to the next.
    private static let lifecycle: [Invariant] = [
        .rearmKeepsAddress, .reopenStartsAnew, .hostGetsItsOwnAddress, .resetRestoresMessage,
        .rearmRepairsMessage, .deathLeavesNothing, .groupTypeIsConstant, .sleepChangesNothing,
        .failureLeavesVectors,
    ]

    /// How much there is room for, and what page tables cannot keep apart.
    private static let limits: [Invariant] = [
        .windowMayOverflow, .tableIsFull, .windowRunsOut, .mapOpensNoMore,
        .stageTwoLooksTheSame,
    ]

    /// Who may do what to whom.
    private static let safety: [Invariant] = [
        .identityHostIsUntranslated, .bystandersKeepAddress, .attachObeysSafety,
        .parameterActsLater, .foreignForgery, .physicalDoorbellFaults, .ownForgery,
        .doorbellIsWriteOnly,
    ]

    /// What arrives, and what never changes.
    private static let counting: [Invariant] = [
        .raisesAreCounted, .raisesArrive, .maskedVectorWaits, .silentWithoutBusMaster,
        .reservedRegionsConstant, .hardwareWindowWins, .unmapCoversMap, .windowIsConstant,
    ]

    /// What the numbered list leaves out.
    private static let calls: [Invariant] = [
        .outcomeAsPredicted, .unmapReportsMapped, .mapIsTraced, .probeIsTakenOut, .logIsCalm,
        .logTells,
    ]

    /// What the kernel says, beside what somebody else saw it do.
    private static let observer: [Invariant] = [
        .smmuLeadsToDoorbell, .lostIsOutOfReach, .smmuLeadsToMemory, .controllerSeesMessages,
        .unmapReachesSMMU, .faultsAreReal, .eventIsMapped,
    ]

    /// What others say of the kernel.
    private static let foreign: [Invariant] = [.foreignTestsPass]

    /// Finds an invariant by its name in reports.
    package static func invariant(_ id: InvariantID) -> Invariant? { all.first { $0.id == id } }
}
