// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// Why there is no inventory.
package enum PCIInventoryError: Error, Hashable, Sendable {
    /// The folder has no `bus/pci/devices`: it does not stand for a `/sys`.
    case notSysfs(FilePath)
    /// libpci gave up, in its own words: a device that went away, a file that is missing.
    case libraryError(source: PCISource, message: String)
    /// The dump could not be opened, read or copied.
    case unreadable(FilePath, Errno)
    /// A line of the dump is not what lspci writes.
    case malformedLine(FilePath, line: Int, text: String, DumpLineFlaw)
    /// A function of the dump has not the length of any configuration space.
    case incompleteFunction(FilePath, PCIAddress, bytes: Int)
    /// The dump is empty, or describes no function.
    case noFunctions(FilePath)
    /// sysfs names a function that cannot exist.
    case impossibleAddress(source: PCISource, String)
}

/// What is wrong with a line of a dump.
package enum DumpLineFlaw: Error, Hashable, Sendable {
    case notLspci
    case impossibleAddress
    case duplicateFunction
    case bytesBeforeFunction
    case badBytes
    case beyondConfigurationSpace
    case tooLong
}

extension DumpLineFlaw: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notLspci: "it is not a line that lspci writes"
        case .impossibleAddress: "its address cannot exist"
        case .duplicateFunction: "its function was described before"
        case .bytesBeforeFunction: "no function is named before these bytes"
        case .badBytes: "its bytes are not pairs of hexadecimal digits"
        case .beyondConfigurationSpace: "configuration space ends at byte 4096"
        case .tooLong: "it is longer than any line of lspci"
        }
    }
}

extension PCIInventoryError: Blame {
    package var kind: FaultKind {
        switch self {
        case .notSysfs, .malformedLine, .incompleteFunction, .noFunctions: .suite
        case .libraryError, .unreadable, .impossibleAddress: .bench
        }
    }

    package var account: Account {
        let action = "be read as a PCI inventory"
        return switch self {
        case .notSysfs(let folder):
            Account(
                subject: folder.string, action: action, cause: "it has no folder bus/pci/devices",
                remedy: "Name the folder that stands for /sys.")
        case .libraryError(let source, let message):
            Account(
                subject: source.description, action: action, cause: "libpci says: \(message)",
                remedy: "If a device came or went meanwhile, try again.")
        case .unreadable(let file, let error):
            Account(subject: file.string, action: action, cause: error.description)
        case .malformedLine(let file, let line, let text, let flaw):
            Account(
                subject: "\(file):\(line)", action: "be read as a line of an lspci dump",
                cause: "\(flaw): '\(text)'", remedy: "Make the dump with 'lspci -D -xxxx'.")
        case .incompleteFunction(let file, let address, let bytes):
            Account(
                subject: file.string, action: action,
                cause: "\(address) has \(bytes) bytes, not 64, 128, 256 or 4096",
                remedy: "The dump seems to be cut off; make it again.")
        case .noFunctions(let file):
            Account(
                subject: file.string, action: action, cause: "it describes no PCI function",
                remedy: "Make the dump with 'lspci -D -xxxx'.")
        case .impossibleAddress(let source, let text):
            Account(
                subject: source.description, action: action,
                cause: "the address \(text) cannot exist")
        }
    }
}
