// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// The modules of a kernel that a board needs, read from the kernel's own folder.
struct KernelModules {
    /// What makes a board reachable, and lets devices be given away.
    static let wanted = [
        "virtio_pci", "virtio_net", "vfio", "vfio_iommu_type1", "vfio_pci",
    ]
    /// Drivers of devices that are given away: a kernel without them can be judged as well.
    static let welcome = ["virtio_rng", "e1000e", "nvme"]

    /// What `uname -r` will say.
    let release: String
    /// In the order of loading.
    private(set) var order: ModuleOrder
    private(set) var files: [String: [UInt8]] = [:]

    /// Where a module lies in the image, relative to `lib/modules/RELEASE`.
    static func path(of module: String) -> String { "kernel/\(module).ko" }

    /// Reads the wanted modules of a kernel and everything that they need.
    /// - Throws: `ImageError`.
    init(of kernel: KernelFiles, deadline: Deadline) async throws {
        guard let folder = kernel.modules, let release = folder.lastComponent?.string else {
            self.release = ""
            order = ModuleOrder(builtin: Set(Self.wanted + Self.welcome))
            return
        }
        self.release = release
        let paths = Self.files(in: folder)
        var order = ModuleOrder(builtin: try Self.builtin(in: folder))
        var files: [String: [UInt8]] = [:]
        do {
            for name in Self.wanted + Self.welcome.filter({ paths[$0] != nil }) {
                try await order.add(name) { module in
                    guard let path = paths[module] else { return nil }
                    let bytes = try await Self.read(path, deadline: deadline)
                    files[module] = bytes
                    return try Self.needs(of: bytes, path)
                }
            }
        } catch let missing as ModuleOrder.Missing {
            throw ImageError.noModule(
                name: missing.module, neededBy: missing.neededBy, kernel: kernel.origin)
        }
        self.order = order
        self.files = files
    }

    private static func needs(of module: [UInt8], _ path: FilePath) throws(ImageError) -> [String] {
        do { return try ELFFile(module).neededModules() } catch {
            throw .badFile(path: path.string, reason: error.description)
        }
    }

    /// Every module file by the kernel's name for it.
    private static func files(in folder: FilePath) -> [String: FilePath] {
        var paths: [String: FilePath] = [:]
        let walk = FileManager.default.enumerator(atPath: folder.appending("kernel").string)
        while let name = walk?.nextObject() as? String {
            let path = folder.appending("kernel").pushing(FilePath(name))
            guard let file = path.lastComponent?.string, let end = file.range(of: ".ko") else {
                continue
            }
            paths[ModuleOrder.canonical(String(file[..<end.lowerBound]))] = path
        }
        return paths
    }

    private static func builtin(in folder: FilePath) throws(ImageError) -> Set<String> {
        let path = folder.appending("modules.builtin")
        do {
            let text = try String(contentsOfFile: path.string, encoding: .utf8)
            let names = text.split(whereSeparator: \.isNewline).compactMap { line in
                line.split(separator: "/").last?.split(separator: ".").first.map(String.init)
            }
            return Set(names)
        } catch {
            throw .badFile(path: path.string, reason: "it cannot be read")
        }
    }

    private static func read(_ path: FilePath, deadline: Deadline) async throws -> [UInt8] {
        if path.extension == "xz" {
            return try await Tool.run(
                "xz", ["--decompress", "--stdout", path.string], deadline: deadline,
                outputLimit: .mebibytes(64)
            ).succeeded().standardOutput
        }
        guard path.extension == "ko", let data = FileManager.default.contents(atPath: path.string)
        else {
            throw ImageError.badFile(path: path.string, reason: "its compression is not known")
        }
        return Array(data)
    }
}
