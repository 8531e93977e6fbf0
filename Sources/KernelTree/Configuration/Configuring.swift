// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Vocabulary

/// Makes the `.config` of a tree, and sees to it that every option of the fragments took.
struct Configuring {
    let inputs: KernelInputs
    let tree: FilePath
    let make: any Maker

    private var file: FilePath { tree.appending(".config") }

    /// Makes the base, lays the fragments over it, and lets Kconfig complete the rest.
    ///
    /// Of an option that is stated twice Kconfig takes the last (scripts/kconfig/confdata.c).
    func configure() async throws {
        switch inputs.base {
        case .target(let target): try await make.make([target])
        case .file(let text): try Cabinet.write(Array(text.utf8), to: file)
        }
        let base = Cabinet.bytes(file) ?? []
        try Cabinet.write(base + Array(("\n" + inputs.fragmentText).utf8), to: file)
        try await make.make(["olddefconfig"])
    }

    /// - Throws: `RecipeTrouble.lostOptions`.
    func check() throws {
        let lost = OptionCheck.lost(of: inputs.fragments, in: try result())
        guard lost.isEmpty else {
            throw RecipeTrouble.lostOptions(kernel: inputs.name, lost)
        }
    }

    /// Whether anything is compiled as a module.
    func hasModules() throws -> Bool {
        try result().options.contains { $0.value == .set("m") }
    }

    private func result() throws -> OptionFile {
        try OptionFile(
            String(decoding: Cabinet.bytes(file) ?? [], as: UTF8.self), file: file.string)
    }
}
