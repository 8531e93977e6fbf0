// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage

extension KernelWorkshop {
    /// Where the source of an order lies, unless it is a commit, and the tree in which it is built.
    ///
    /// For the benchmarks: whoever is measured beside us begins with the same files and objects.
    /// - Throws: what `build` throws.
    package func places(
        of order: KernelOrder, deadline: Deadline
    ) async throws -> (source: FilePath?, tree: FilePath) {
        let source = try await shelf(order, deadline).tree(order.source)
        let compiler = try await Compiler.identify(deadline: deadline)
        let name = try KernelInputs(order).treeFingerprint(of: source, compiler).description
        let folder = root.appending("trees").appending(name)
        return (source.folder, folder.appending("linux"))
    }

    /// Measures make alone, as somebody calls it who has changed one file of a built tree.
    ///
    /// For the benchmarks: the tree is brought to the order's state and built before; the file gets
    /// one more line, a remark, which the next kernel that is built there does not have.
    /// - Throws: what `build` throws.
    package func remake(
        _ order: KernelOrder, changing file: String, deadline: Deadline
    ) async throws -> Duration {
        let inputs = try KernelInputs(order)
        let compiler = try await Compiler.identify(deadline: deadline)
        let source = try await shelf(order, deadline).tree(order.source)
        let folder = root.appending("trees")
            .appending(inputs.treeFingerprint(of: source, compiler).description)
        try Cabinet.makeFolder(folder)
        return try await withLock(on: folder.appending("lock"), deadline: deadline) {
            let tree = WorkTree(kernel: order.name, folder: folder, deadline: deadline)
            try await tree.hold(source, inputs.series)
            var make = Make(
                kernel: order.name, tree: tree.linux,
                log: try BuildLog(folder.appending("remake.log"), announce: { _ in }),
                compiler: compiler, deadline: deadline)
            let configuring = Configuring(inputs: inputs, tree: tree.linux, make: make)
            if !tree.state.isConfigured { try await configuring.configure() }
            let hasModules = try configuring.hasModules()
            let targets = hasModules ? ["Image", "modules"] : ["Image"]
            if hasModules {
                make = make.named(ReleaseName.name(of: inputs.fingerprint(of: source, compiler)))
            }
            try await make.make(targets)
            try tree.remark(file)
            let clock = ContinuousClock()
            return try await clock.measure { try await make.make(targets) }
        }
    }
}

extension WorkTree {
    /// Adds a line to a file that changes nothing; the next that holds the tree takes it out.
    fileprivate func remark(_ file: String) throws {
        var state = self.state
        state.patched = Set(state.patched + [file]).sorted()
        try save(state)
        let path = linux.pushing(FilePath(file))
        try Cabinet.write((Cabinet.bytes(path) ?? []) + Array("/* */\n".utf8), to: path)
    }
}
