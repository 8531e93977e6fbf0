// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// The pipe into which QEMU writes what its trace points say.
///
/// A file would grow by the hundred bytes with every message; a pipe is emptied as it fills.
struct TracePipe: ~Copyable {
    private let descriptor: FileDescriptor

    /// Makes the pipe at a path and opens the end that reads, before QEMU opens the other.
    /// - Throws: `Errno`.
    init(at path: FilePath) throws {
        guard mkfifo(path.string, 0o600) == 0 else { throw Errno(rawValue: errno) }
        descriptor = try FileDescriptor.open(
            path, .readOnly, options: [.nonBlocking, .closeOnExec, .noFollow])
        // A smaller one is emptied as well, only that QEMU waits for it more often.
        _ = fcntl(descriptor.rawValue, Self.setSize, 1 << 20)
    }

    deinit { try? descriptor.close() }

    /// Hands on all that is in the pipe now.
    ///
    /// It stops after a few megabytes even where QEMU writes as fast as it is read.
    func drain(into tally: inout TraceTally) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        for _ in 0..<64 {
            let count = buffer.withUnsafeMutableBytes { (try? descriptor.read(into: $0)) ?? 0 }
            guard count > 0 else { return }
            tally.take(buffer[..<count])
        }
    }

    /// `F_SETPIPE_SZ` of `<linux/fcntl.h>`, which Glibc's module leaves out.
    private static let setSize: Int32 = 1031
}
