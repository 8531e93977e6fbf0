// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A kernel that could not be compiled although its recipe could be followed.
package enum BuildFailure: Blame, Hashable {
    /// The compiler, the linker or make refused it; their own words, and where the rest stands.
    case refused(kernel: KernelName, words: [String], log: String)
    /// There is no room for it.
    case noRoom(kernel: KernelName, place: String)
    /// A file of the cache cannot be written or read.
    case noAccess(path: String, reason: String)
    /// A program that compiles kernels is not there, or fails at its first step.
    case noTool(name: String, reason: String)
    /// The machine that compiles in place of this one could not do something.
    case elsewhere(host: String, action: String, words: [String])
    /// What was made, or is given, is no kernel for arm64.
    case notAnImage(path: String, found: String)

    package var kind: FaultKind {
        switch self {
        case .refused: .kernel
        case .noRoom, .noAccess, .noTool, .elsewhere: .bench
        case .notAnImage: .suite
        }
    }

    package var account: Account {
        switch self {
        case .refused(let kernel, let words, let log):
            Account(
                subject: "kernel \(kernel)", action: "be compiled",
                cause: words.joined(separator: "\n    "), remedy: "All of it stands in \(log).")
        case .noRoom(let kernel, let place):
            Account(
                subject: "kernel \(kernel)", action: "be compiled",
                cause: "there is no space left in \(place)",
                remedy: "A small kernel takes 4 GiB; DOORBELL_CACHE names another folder.")
        case .noAccess(let path, let reason):
            Account(
                subject: "the kernel cache", action: "use \(path)", cause: reason,
                remedy: "DOORBELL_CACHE names another folder.")
        case .noTool(let name, let reason):
            Account(
                subject: name, action: "be run", cause: reason,
                remedy: "The launcher installs what kernels are compiled with.")
        case .elsewhere(let host, let action, let words):
            Account(
                subject: host, action: action, cause: words.joined(separator: "\n    "),
                remedy: "See what that machine lacks: a shell, GNU tar, make, gcc for arm64.")
        case .notAnImage(let path, let found):
            Account(
                subject: path, action: "be booted", cause: "it is \(found)",
                remedy: "An uncompressed arm64 `Image` is wanted.")
        }
    }
}
