// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// One build in a tree that nobody else builds in meanwhile.
struct BuildJob: Sendable {
    let inputs: KernelInputs
    let source: SourceTree
    let compiler: Compiler
    let fingerprint: Fingerprint
    let tree: WorkTree
    /// The machine that compiles, where it is not this one.
    let host: (any CompilerHost)?
    let isGentle: Bool
    let deadline: Deadline

    /// Each kernel's own, so that what a failed build said stays there.
    private var log: FilePath { tree.folder.appending("\(inputs.name).log") }

    /// Patches the tree, configures it, compiles, and keeps what was made.
    func run(
        into place: FilePath, announce: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> BuiltKernel {
        try await tree.hold(source, inputs.series)
        var make = try await maker(announce)
        let configuring = Configuring(inputs: inputs, tree: tree.linux, make: make)
        try await configure(configuring)
        let hasModules = try configuring.hasModules()
        if hasModules { make = make.named(ReleaseName.name(of: fingerprint)) }
        try await make.make(hasModules ? ["Image", "modules"] : ["Image"])
        try await make.collect()
        return try await keep(at: place, hasModules: hasModules, make)
    }

    private func maker(
        _ announce: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> any Maker {
        let make = Make(
            kernel: inputs.name, tree: tree.linux,
            log: try BuildLog(log, announce: announce), compiler: compiler, isGentle: isGentle,
            deadline: deadline)
        guard let host else { return make }
        let copy = try await DistantTree(
            tree, named: tree.folder.lastComponent?.string ?? "", on: host, deadline: deadline)
        try await copy.follow()
        return DistantMake(make: make, copy: copy)
    }

    private func configure(_ configuring: Configuring) async throws {
        var state = tree.state
        let wanted = inputs.sharesTree ? Fingerprint(of: inputs.configurationWords) : nil
        guard !state.isConfigured || state.configuration != wanted else { return }
        // Should we be stopped in between, the next one must not take the half for its own.
        state.isConfigured = false
        try tree.save(state)
        try await configuring.configure()
        try configuring.check()
        state.isConfigured = true
        state.configuration = wanted
        try tree.save(state)
    }

    /// Copies what belongs to a kernel; it is there complete or not at all.
    private func keep(
        at place: FilePath, hasModules: Bool, _ make: any Maker
    ) async throws -> BuiltKernel {
        let part = FilePath(place.string + ".part")
        try? FileManager.default.removeItem(atPath: part.string)
        try Cabinet.makeFolder(part)
        if hasModules { try await make.installModules(into: part) }
        for (from, to) in Self.products {
            try Cabinet.copy(tree.linux.pushing(FilePath(from)), to: part.appending(to))
        }
        if !hasModules { try name(part.appending("Image")) }
        try Cabinet.copy(log, to: part.appending("build.log"))
        let record = BuiltKernel.Record(
            fingerprint: fingerprint, source: source.identity, compiler: compiler.identity,
            patches: inputs.series.patches.map(\.name),
            image: try KernelImage(of: part.appending("Image")), hasModules: hasModules,
            host: host?.name)
        try Cabinet.writeJSON(record, to: part.appending("kernel.json"))
        try? FileManager.default.removeItem(atPath: place.string)
        try Cabinet.move(part, to: place)
        return BuiltKernel(folder: place, record: record)
    }

    private func name(_ image: FilePath) throws {
        let bytes = Cabinet.bytes(image) ?? []
        try Cabinet.write(
            ReleaseName.put(ReleaseName.name(of: fingerprint), into: bytes), to: image)
    }

    /// Where make leaves the kernel, below the tree.
    static let imageName = "arch/arm64/boot/Image"

    private static let products = [
        (imageName, "Image"), (".config", "config"), ("System.map", "System.map"),
    ]
}
