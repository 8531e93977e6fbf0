// SPDX-License-Identifier: GPL-3.0-or-later

private import Foundation
package import SystemPackage
private import Vocabulary

extension SysfsMirror {
    /// Lays the mirror out in a folder, as sysfs does; capture from it with `.sysfs(folder)`.
    ///
    /// Makes the folder if need be. What libpci follows are the links in `bus/pci/devices`, and
    /// those of each function to its driver and IOMMU group; it resolves them, so they have targets.
    /// - Throws: `SysfsMirrorError.unwritable`, also when the folder holds a mirror already.
    package func write(to folder: FilePath) throws(SysfsMirrorError) {
        let devices = folder.appending("bus").appending("pci").appending("devices")
        guard !FileManager.default.fileExists(atPath: devices.string) else {
            throw .unwritable(devices, .fileExists)
        }
        try MirrorWriter.makeFolder(devices)
        for function in functions {
            try MirrorWriter(root: folder, function: function).write()
        }
    }
}

/// Writes one function.
private struct MirrorWriter {
    let root: FilePath
    let function: MirroredFunction

    private var home: FilePath {
        Self.path(root, ["devices"] + function.path)
    }

    /// The way from the function's folder up to the root.
    private var upToRoot: [String] {
        Array(repeating: "..", count: function.path.count + 1)
    }

    func write() throws(SysfsMirrorError) {
        try Self.makeFolder(home)
        for (file, text) in function.values {
            try writeFile(file.rawValue, Array("\(text)\n".utf8))
        }
        try writeFile("resource", Array(function.resources.map { $0 + "\n" }.joined().utf8))
        try writeFile("config", function.configuration)
        if let driver = function.driver {
            try link("driver", to: ["bus", "pci", "drivers", driver])
        }
        if let group = function.iommuGroup {
            try link("iommu_group", to: ["kernel", "iommu_groups", group])
        }
        try Self.makeLink(
            Self.path(root, ["bus", "pci", "devices", function.address.description]),
            to: ["..", "..", "..", "devices"] + function.path)
    }

    private func writeFile(_ name: String, _ bytes: [UInt8]) throws(SysfsMirrorError) {
        let path = home.appending(name)
        try Self.attempt(path) { () throws in
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            _ = try file.closeAfter { try file.writeAll(bytes) }
        }
    }

    /// Links a file of the function to a folder below the root, and makes that folder.
    private func link(_ name: String, to target: [String]) throws(SysfsMirrorError) {
        try Self.makeFolder(Self.path(root, target))
        try Self.makeLink(home.appending(name), to: upToRoot + target)
    }

    private static func makeLink(
        _ path: FilePath, to target: [String]
    ) throws(SysfsMirrorError) {
        try attempt(path) { () throws in
            try FileManager.default.createSymbolicLink(
                atPath: path.string, withDestinationPath: target.joined(separator: "/"))
        }
    }

    static func makeFolder(_ path: FilePath) throws(SysfsMirrorError) {
        try attempt(path) { () throws in
            try FileManager.default.createDirectory(
                atPath: path.string, withIntermediateDirectories: true)
        }
    }

    private static func path(_ root: FilePath, _ parts: [String]) -> FilePath {
        parts.reduce(root) { $0.appending($1) }
    }

    private static func attempt(
        _ path: FilePath, _ work: () throws -> Void
    ) throws(SysfsMirrorError) {
        do {
            try work()
        } catch {
            throw .unwritable(path, errno(of: error))
        }
    }

    /// Foundation wraps the errno of the call that failed.
    private static func errno(of error: any Error) -> Errno {
        if let known = error as? Errno { return known }
        let under = (error as? CocoaError)?.underlying as? POSIXError
        return under.map { Errno(rawValue: $0.code.rawValue) } ?? .ioError
    }
}
