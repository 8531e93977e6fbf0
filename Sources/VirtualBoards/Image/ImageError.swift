// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A board image that could not be put together.
package enum ImageError: Blame, Equatable {
    /// The kernel has no such module, neither as a file nor built in.
    case noModule(name: String, neededBy: String, kernel: String)
    /// A program's shared library is in none of the packages.
    case noLibrary(name: String, neededBy: String)
    /// A file that the image needs cannot be read, or is not what it should be.
    case badFile(path: String, reason: String)
    /// The image cannot be kept.
    case notWritten(path: String, reason: String)

    package var kind: FaultKind {
        if case .noModule = self { return .suite }
        return .bench
    }

    package var account: Account {
        switch self {
        case .noModule(let name, let neededBy, let kernel):
            Account(
                subject: "the board image", action: "be made for \(kernel)",
                cause: "the kernel has no module \(name)"
                    + (neededBy.isEmpty ? "" : ", which \(neededBy) needs"),
                remedy: "Build it as a module or into the kernel.")
        case .noLibrary(let name, let neededBy):
            Account(
                subject: "the board image", action: "be made",
                cause: "no package has the library \(name), which \(neededBy) needs")
        case .badFile(let path, let reason):
            Account(subject: "the board image", action: "use \(path)", cause: reason)
        case .notWritten(let path, let reason):
            Account(
                subject: "the board image", action: "be written to \(path)", cause: reason,
                remedy: "Set DOORBELL_CACHE to a folder with 500 MiB of free space.")
        }
    }
}
