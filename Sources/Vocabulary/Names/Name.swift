// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of something that people write in labs and suites, typed by what it names.
///
/// Letters, digits, `.`, `_` and `-`, not beginning with a sign: names become file names and
/// JUnit identities, so nothing else is let in.
package struct Name<Subject>: Hashable, Comparable, Sendable {
    package let text: String

    /// Takes a name, or nothing when a character is not allowed.
    package init?(_ text: String) {
        guard let first = text.utf8.first, Self.isAlphanumeric(first), text.utf8.count <= 100,
            text.utf8.allSatisfy({ Self.isAlphanumeric($0) || ".-_".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension Name: CustomStringConvertible {
    package var description: String { text }
}

#if !hasFeature(Embedded)
extension Name: ArchivedText {
    package init?(archived text: String) { self.init(text) }
    package var archived: String { text }
    package static var noun: String { "a name" }
}
#endif

// What names name. The types hold nothing: they only keep the names apart.
/// Boards are named.
package enum BoardSubject {}
/// Kernel recipes are named.
package enum KernelSubject {}
/// Suites are named.
package enum SuiteSubject {}
/// Cases are named.
package enum CaseSubject {}
/// Devices of a case are named.
package enum DeviceSubject {}
/// Containers of a case are named.
package enum ContainerSubject {}

/// A board of a lab.
package typealias BoardName = Name<BoardSubject>
/// A kernel recipe.
package typealias KernelName = Name<KernelSubject>
/// A suite.
package typealias SuiteName = Name<SuiteSubject>
/// A case of a suite.
package typealias CaseName = Name<CaseSubject>
/// What a case calls one of its devices.
package typealias DeviceName = Name<DeviceSubject>
/// What a case calls one of its VFIO containers.
package typealias ContainerName = Name<ContainerSubject>
