// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What came of a request that the agent carried out, with every call it made into the kernel.
///
/// A call that the kernel refused is a normal answer: often it is what the test wants to see.
package struct Reply<Answer: WireValue>: WireValue {
    /// The call that decided: the one that failed, or the last one.
    package var decidedBy: KernelCall
    /// That call's errno, `.none` when everything succeeded.
    package var errno: KernelErrno
    /// Every call in the order made, but for the thousands that a ring makes.
    package var calls: [CallRecord]
    /// What was asked for; nothing exactly when `errno` tells of a failure.
    package var answer: Answer?

    /// Makes the reply of a request that succeeded.
    package init(_ answer: Answer, calls: [CallRecord]) {
        decidedBy = calls.last?.call ?? .none
        errno = .none
        self.calls = calls
        self.answer = answer
    }

    /// Makes the reply of a request that the kernel refused in `call`.
    package init(failed call: KernelCall, errno: KernelErrno, calls: [CallRecord]) {
        decidedBy = call
        self.errno = errno
        self.calls = calls
        answer = nil
    }

    package func write(to writer: inout WireWriter) {
        decidedBy.write(to: &writer)
        errno.write(to: &writer)
        calls.write(to: &writer)
        answer.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        decidedBy = try KernelCall(from: &reader)
        let offset = reader.offset
        errno = try KernelErrno(from: &reader)
        calls = try [CallRecord](from: &reader)
        answer = try Answer?(from: &reader)
        guard (answer == nil) == (errno != .none) else {
            throw .meaningless(offset: offset, found: UInt64(truncatingIfNeeded: errno.rawValue))
        }
    }
}
