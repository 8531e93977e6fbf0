// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
package import Vocabulary

/// A kernel that came from elsewhere: put beside its recipe, so that it can be booted again.
package struct KernelParcel: Sendable {
    private let kernel: KernelName
    /// The recipe's folder to be; it must not exist yet.
    private let folder: FilePath
    private let deadline: Deadline

    /// What a recipe's folder got.
    package struct Content: Sendable, Hashable {
        package let image: KernelImage
        /// `modules/RELEASE`, where modules came along.
        package let modules: String?
    }

    package init(kernel: KernelName, folder: FilePath, deadline: Deadline) {
        self.kernel = kernel
        self.folder = folder
        self.deadline = deadline
    }

    /// Takes an image's bytes, and the folder that has its modules by release.
    ///
    /// An image that gzip has made smaller is unpacked: QEMU's loader would do the same.
    /// - Throws: `BuildFailure.notAnImage` and what the proof throws, before anything is written;
    ///   `BuildFailure.noAccess`, `ToolFailure`.
    package func take(
        _ bytes: [UInt8], from origin: String, modules: FilePath?,
        proof: (KernelImage) throws -> Void = { _ in }
    ) async throws -> Content {
        let plain = try await unpacked(bytes)
        let image = try KernelImage(plain, path: origin)
        try proof(image)
        let part = FilePath(folder.string + ".part")
        try? FileManager.default.removeItem(atPath: part.string)
        try Cabinet.makeFolder(part)
        try Cabinet.write(plain, to: part.appending("Image"))
        let found = modules?.appending(image.release)
        let has = found.map { FileManager.default.fileExists(atPath: $0.string) } ?? false
        if let found, has {
            try Cabinet.makeFolder(part.appending("modules"))
            try Cabinet.copy(found, to: part.appending("modules").appending(image.release))
        }
        let content = Content(image: image, modules: has ? "modules/\(image.release)" : nil)
        try Cabinet.write(
            Array(recipe(content, from: origin).utf8), to: part.appending("kernel.yaml"))
        try Cabinet.move(part, to: folder)
        return content
    }

    /// Takes an image that lies in a file.
    /// - Throws: `RecipeTrouble.unreadable`; what the other `take` throws.
    package func take(file: FilePath, modules: FilePath?) async throws -> Content {
        try await take(
            try RecipeFile.bytes(file, kernel: kernel),
            from: file.lastComponent?.string ?? "a file",
            modules: modules)
    }

    /// Takes the kernel of a package for Debian or Ubuntu.
    /// - Throws: `RecipeTrouble.unreadable` for a package without a kernel; what `take` throws.
    package func take(package file: FilePath) async throws -> Content {
        let scratch = FilePath(NSTemporaryDirectory()).appending("doorbell-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: scratch.string) }
        try await Tool.run(
            "dpkg-deb", ["-x", file.string, scratch.string], environment: Make.environment,
            deadline: deadline
        ).succeeded()
        let boot = scratch.appending("boot")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: boot.string)) ?? []
        guard let name = names.first(where: { $0.hasPrefix("vmlinuz") || $0.hasPrefix("Image") }),
            let bytes = Cabinet.bytes(boot.appending(name))
        else {
            throw RecipeTrouble.unreadable(
                kernel: kernel, file: file.string, reason: "the package has no /boot/vmlinuz")
        }
        return try await take(
            bytes, from: file.lastComponent?.string ?? file.string,
            modules: scratch.appending("lib").appending("modules"))
    }

    private func unpacked(_ bytes: [UInt8]) async throws -> [UInt8] {
        guard ImageForm(bytes) == .gzip else { return bytes }
        return try await Tool.run(
            "gzip", ["-d", "-c"], input: bytes, environment: Make.environment, deadline: deadline,
            outputLimit: .mebibytes(512)
        ).succeeded().standardOutput
    }

    private func recipe(_ content: Content, from origin: String) -> String {
        // Words of a file name could mean something in YAML; in quotes they mean themselves.
        let name = origin.replacing("\"", with: "").replacing("\\", with: "")
        let modules = content.modules.map { ", modules: \"\($0)\"" } ?? ""
        return "summary: \"Linux \(content.image.release), from \(name)\"\n"
            + "source: {image: Image\(modules)}\n"
    }
}
