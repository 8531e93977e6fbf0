// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Who carries the kernel's make out: this machine or another.
protocol Maker: Sendable {
    /// The same with another end of `uname -r`.
    func named(_ localVersion: String) -> Self
    /// Makes targets; what make and its compilers say goes to the log.
    /// - Throws: `BuildFailure`, `CancellationError`.
    func make(_ targets: [String]) async throws
    /// Sees to it that what was made lies in the tree of this machine.
    func collect() async throws
    /// Puts stripped modules below a folder of this machine.
    func installModules(into folder: FilePath) async throws
}

extension Make: Maker {
    func named(_ localVersion: String) -> Make {
        var named = self
        named.localVersion = localVersion
        return named
    }

    func collect() async throws {}

    func installModules(into folder: FilePath) async throws {
        try await make(["INSTALL_MOD_PATH=\(folder)", "INSTALL_MOD_STRIP=1", "modules_install"])
    }
}
