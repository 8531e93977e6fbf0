// SPDX-License-Identifier: GPL-3.0-or-later

/// Every key of each language: what the descriptions of the languages must name.
package enum LanguageWords {
    /// The keys of suite files.
    package static let suite = sorted(
        words(SuiteKey.self) + words(CaseKey.self) + words(DeviceKey.self) + words(StepKey.self)
            + words(AttachKey.self) + words(MapKey.self) + words(ArmKey.self)
            + words(RingKey.self) + words(OpenBesideKey.self) + words(SteerKey.self)
            + words(BusMasterKey.self) + words(TransferKey.self) + words(VectorKey.self)
            + words(ProgramKey.self) + words(TestSourceKey.self) + words(ArgumentKey.self))

    /// The keys of lab files.
    package static let lab = sorted(
        words(LabKey.self) + words(BoardKey.self) + words(VirtualDeviceKey.self)
            + words(DoorbellKey.self) + words(TimeoutKey.self) + words(PowerKey.self)
            + words(IPMIKey.self) + words(RedfishKey.self)
            + words(PDUDaemonKey.self) + words(QMPKey.self)
            + words(ConsoleKey.self) + words(RFC2217Key.self) + words(ConserverKey.self)
            + words(BootKey.self))

    /// The keys of kernel recipes.
    package static let kernel = sorted(
        words(KernelKey.self) + words(KernelSourceKey.self) + words(KernelConfigurationKey.self))

    /// The keys of board descriptions.
    package static let facts = sorted(
        words(FactsKey.self) + words(ControllerKey.self) + words(SMMUKey.self)
            + words(DescribedDeviceKey.self) + words(WindowKey.self))

    private static func words<Key: LanguageKey>(_ keys: Key.Type) -> [String] {
        keys.allCases.map(\.rawValue)
    }

    private static func sorted(_ words: [String]) -> [String] { Set(words).sorted() }
}
