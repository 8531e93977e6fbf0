// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One call into the kernel as it went: evidence is attributed to steps by these times.
package struct CallRecord: WireValue {
    package var call: KernelCall
    /// What tells calls of one name apart: an index, a group number, an IOVA; else 0.
    package var argument: UInt64
    /// The call's own result; -1 where it failed.
    package var result: Int64
    /// The errno of a failed call, else `.none`.
    package var errno: KernelErrno
    /// Read immediately before the call.
    package var began: BoardInstant
    /// Read immediately after the call.
    package var ended: BoardInstant

    package init(
        call: KernelCall, argument: UInt64, result: Int64, errno: KernelErrno,
        began: BoardInstant, ended: BoardInstant
    ) {
        self.call = call
        self.argument = argument
        self.result = result
        self.errno = errno
        self.began = began
        self.ended = ended
    }

    package func write(to writer: inout WireWriter) {
        call.write(to: &writer)
        argument.write(to: &writer)
        result.write(to: &writer)
        errno.write(to: &writer)
        began.write(to: &writer)
        ended.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        call = try KernelCall(from: &reader)
        argument = try UInt64(from: &reader)
        result = try Int64(from: &reader)
        errno = try KernelErrno(from: &reader)
        began = try BoardInstant(from: &reader)
        ended = try BoardInstant(from: &reader)
    }
}
