// SPDX-License-Identifier: GPL-3.0-or-later

/// A text that something writes when it begins to run on a board.
struct BootBanner: Hashable, Sendable {
    /// The order in which a board goes through them.
    enum Stage: Int, Comparable, Sendable {
        case firmware, loader, stub, kernel, kernelVersion

        static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
    }

    /// Whose banner it is, for a title.
    let name: String
    let stage: Stage
    /// Whether it stands there only once in a boot.
    let isUnique: Bool

    /// Finds the banner in a message; nothing for the most.
    init?(_ message: MessageBytes) {
        guard let known = Self.known.first(where: { message.holds($0.text) }) else { return nil }
        self = known.banner
    }

    private init(_ name: String, _ stage: Stage, isUnique: Bool = true) {
        self.name = name
        self.stage = stage
        self.isUnique = isUnique
    }

    /// Of Trusted Firmware, EDK II, U-Boot, GRUB and Linux (`arch/arm64/kernel/setup.c`, 6.12).
    private static let known: [(text: StaticString, banner: BootBanner)] = [
        ("Booting Linux on physical CPU", BootBanner("Linux", .kernel)),
        ("Linux version ", BootBanner("Linux", .kernelVersion)),
        ("EFI stub: Booting Linux", BootBanner("the EFI stub", .stub)),
        ("GNU GRUB  version", BootBanner("GRUB", .loader, isUnique: false)),
        ("Welcome to GRUB!", BootBanner("GRUB", .loader, isUnique: false)),
        ("U-Boot SPL 2", BootBanner("U-Boot SPL", .firmware)),
        ("U-Boot 2", BootBanner("U-Boot", .loader)),
        ("UEFI firmware (version", BootBanner("UEFI", .firmware)),
        ("BdsDxe: ", BootBanner("UEFI", .firmware, isUnique: false)),
        ("NOTICE:  BL1: ", BootBanner("Trusted Firmware", .firmware, isUnique: false)),
        ("NOTICE:  BL2: ", BootBanner("Trusted Firmware", .firmware, isUnique: false)),
        ("NOTICE:  BL31: ", BootBanner("Trusted Firmware", .firmware, isUnique: false)),
    ]
}
