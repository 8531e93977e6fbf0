// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import PCIInventory
import SystemPackage
import Vocabulary

/// How an inventory is shown, whatever it was captured from.
struct PCIListing: ParsableArguments {
    @Flag(help: "Draw the hierarchy of buses.")
    var tree = false

    @Flag(help: "Write JSON, with the bytes of configuration space.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show regions, capabilities and drivers.")
    var verbose = false

    func validate() throws {
        guard !tree || !json else { throw ValidationError("--tree and --json exclude each other.") }
    }

    /// Captures from a source and prints; says on standard error why it cannot.
    ///
    /// - Throws: the exit code: 2 for an invalid file, 3 for a machine that does not answer as it
    ///   should, 4 for an error of our own.
    func show(_ source: PCISource) throws {
        do {
            try Self.write(text(PCISnapshot.capture(from: source)))
        } catch {
            let fault = Fault(error, subject: source.description, action: "be listed")
            FileHandle.standardError.write(Data("doorbell pci: \(fault)\n".utf8))
            throw Self.exitCode(of: fault.kind, for: source)
        }
    }

    /// Prints what was captured elsewhere.
    func show(_ devices: [PCIDevice]) throws { try Self.write(text(devices)) }

    /// A file that the user named is the user's to mend, whoever spoiled it.
    private static func exitCode(of kind: FaultKind, for source: PCISource) -> ExitCode {
        switch (kind, source) {
        case (.harness, _): ExitCode(4)
        case (.suite, _), (_, .dump), (_, .sysfs): ExitCode(2)
        default: ExitCode(3)
        }
    }

    private func text(_ devices: [PCIDevice]) throws -> String {
        if json { return String(decoding: try JSONListing.data(devices), as: UTF8.self) + "\n" }
        if tree { return Self.joined(BusTree(of: devices, showsNames: verbose).lines) }
        guard verbose else {
            let listing = TerseListing(of: devices)
            return Self.joined(devices.map(listing.line))
        }
        let listing = VerboseListing(of: devices)
        return Self.joined(devices.flatMap { listing.lines($0) + [""] })
    }

    private static func joined(_ lines: [String]) -> String {
        lines.map { $0 + "\n" }.joined()
    }

    private static func write(_ text: String) throws {
        do {
            try FileDescriptor.standardOutput.writeAll(text.utf8)
        } catch Errno.brokenPipe {
            // The reader, such as `head`, has seen enough.
        } catch {
            let account = Account(
                subject: "the list", action: "be written", cause: String(describing: error))
            throw Fault(kind: .bench, account: account)
        }
    }
}
