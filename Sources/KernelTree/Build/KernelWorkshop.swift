// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
package import Vocabulary

/// Compiles kernels for arm64, and finds those that were compiled before.
///
/// A kernel is kept under the hash of all that it is made from: source, configuration, patches and
/// compiler. The tree in which it was built stays too: another kernel of the same source and
/// configuration is built in it and compiles only what its patches change.
package struct KernelWorkshop: Sendable {
    let root: FilePath
    private let packages: any PackageShelf
    /// The machine that compiles, where it is not this one.
    private let host: (any CompilerHost)?
    /// Whether others need this machine's processors more.
    private let isGentle: Bool
    private let announce: @Sendable (String) -> Void
    private let progress: @Sendable (KernelName, BuildProgress) -> Void

    /// Takes the folder that gets sources, trees and kernels, and who compiles if not this machine.
    ///
    /// A gentle one leaves this machine's processors to whoever else wants them. What takes long is announced, and each object that the compiler begins is told.
    package init(
        root: FilePath, packages: any PackageShelf, host: (any CompilerHost)? = nil,
        isGentle: Bool = false, announce: @escaping @Sendable (String) -> Void,
        progress: @escaping @Sendable (KernelName, BuildProgress) -> Void
    ) {
        self.root = root
        self.packages = packages
        self.host = host
        self.isGentle = isGentle
        self.announce = announce
        self.progress = progress
    }

    /// Gives a kernel that was compiled before, without using the network; nothing where it was not.
    /// - Throws: `RecipeTrouble`, `BuildFailure.noTool`.
    package func known(_ order: KernelOrder, deadline: Deadline) async throws -> BuiltKernel? {
        let inputs = try KernelInputs(order)
        guard let source = try await shelf(order, deadline).knownTree(order.source) else {
            return nil
        }
        return kept(inputs, source, try await compiler(deadline))
    }

    /// Gives the kernel, after compiling it where that was not done before.
    /// - Throws: `RecipeTrouble`, `BuildFailure`, what the package shelf throws, `DeadlineExceeded`,
    ///   `CancellationError`.
    package func build(_ order: KernelOrder, deadline: Deadline) async throws -> BuiltKernel {
        let inputs = try KernelInputs(order)
        let compiler = try await compiler(deadline)
        try Cabinet.makeFolder(root)
        let source = try await withLock(on: root.appending("sources.lock"), deadline: deadline) {
            try await shelf(order, deadline).tree(order.source)
        }
        let fingerprint = inputs.fingerprint(of: source, compiler)
        if let kernel = kept(inputs, source, compiler) { return kernel }
        let name = inputs.treeFingerprint(of: source, compiler).description
        let folder = trees.appending(name)
        try Cabinet.makeFolder(folder)
        return try await withLock(on: folder.appending("lock"), deadline: deadline) {
            // Somebody else may have compiled it while we awaited the lock.
            if let kernel = kept(fingerprint) { return kernel }
            let job = BuildJob(
                inputs: inputs, source: source, compiler: compiler, fingerprint: fingerprint,
                tree: WorkTree(kernel: order.name, folder: folder, deadline: deadline),
                host: host, isGentle: isGentle, deadline: deadline)
            announce("compiling kernel \(order.name)" + (host.map { " on \($0.name)" } ?? ""))
            let progress = self.progress
            let kernel = try await job.run(into: place(of: fingerprint)) {
                progress(order.name, $0)
            }
            if host != nil { try note(fingerprint, for: inputs, source) }
            return kernel
        }
    }

    func shelf(_ order: KernelOrder, _ deadline: Deadline) -> SourceShelf {
        SourceShelf(
            root: root.appending("sources"), packages: packages, kernel: order.name,
            announce: announce, deadline: deadline)
    }

    private func place(of fingerprint: Fingerprint) -> FilePath {
        root.appending("built").appending(fingerprint.description)
    }

    private func compiler(_ deadline: Deadline) async throws -> Compiler {
        guard let host else { return try await Compiler.identify(deadline: deadline) }
        return try await Compiler.identify(on: host, deadline: deadline)
    }

    /// A tree that is compiled elsewhere has no objects here, and lies apart from those that do.
    private var trees: FilePath {
        guard let host else { return root.appending("trees") }
        return root.appending("elsewhere").appending(Fingerprint(of: [host.name]).short)
    }

    /// The kernel of this compiler; else, where this machine compiles, one that another machine has
    /// compiled from the same source with its own.
    private func kept(
        _ inputs: KernelInputs, _ source: SourceTree, _ compiler: Compiler
    ) -> BuiltKernel? {
        if let kernel = kept(inputs.fingerprint(of: source, compiler)) { return kernel }
        guard host == nil else { return nil }
        return Cabinet.read(Fingerprint.self, from: noteFile(inputs, source)).flatMap { kept($0) }
    }

    private func note(
        _ fingerprint: Fingerprint, for inputs: KernelInputs, _ source: SourceTree
    ) throws {
        try Cabinet.writeJSON(fingerprint, to: noteFile(inputs, source))
    }

    private func noteFile(_ inputs: KernelInputs, _ source: SourceTree) -> FilePath {
        root.appending("elsewhere").appending("\(inputs.fingerprint(of: source)).json")
    }

    private func kept(_ fingerprint: Fingerprint) -> BuiltKernel? {
        let folder = place(of: fingerprint)
        return Cabinet.read(BuiltKernel.Record.self, from: folder.appending("kernel.json"))
            .map { BuiltKernel(folder: folder, record: $0) }
    }
}
