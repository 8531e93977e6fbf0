// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// Why a board's sysfs could not be mirrored.
package enum SysfsMirrorError: Error, Hashable, Sendable {
    /// A line, counted from 1, that the program does not write at that place.
    case badLine(number: Int, text: String)
    /// The output ends before the program did.
    case cutOff(afterLine: Int)
    /// A function lacks a file that libpci insists on: it went away while it was read.
    case missingFile(PCIAddress, String)
    /// The mirror could not be written here.
    case unwritable(FilePath, Errno)
}

extension SysfsMirrorError: Blame {
    package var kind: FaultKind { .bench }

    package var account: Account {
        let subject = "the mirror of the board's /sys/bus/pci"
        return switch self {
        case .badLine(let number, let text):
            Account(
                subject: subject, action: "be read",
                cause: "line \(number) is not one that our program writes: '\(text)'",
                remedy: "Look for messages that the board's shell adds to its output.")
        case .cutOff(let line):
            Account(
                subject: subject, action: "be read", cause: "it ends after line \(line)",
                remedy: "See whether the connection to the board holds.")
        case .missingFile(let address, let name):
            Account(
                subject: subject, action: "be read", cause: "function \(address) has no \(name)",
                remedy: "If the device came or went meanwhile, try again.")
        case .unwritable(let path, let error):
            Account(
                subject: subject, action: "be written to \(path)", cause: error.description,
                remedy: "Give an empty folder with room in it.")
        }
    }
}
