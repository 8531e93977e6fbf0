// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// The calls into the kernel that were made for the request at hand.
struct CallLog {
    private(set) var records: [CallRecord] = []

    /// Makes a call between two looks at the clock; -1 is a failure with its errno.
    ///
    /// - Throws: `.kernel` with the exact errno.
    mutating func make(
        _ call: KernelCall, _ argument: UInt64 = 0, _ body: () -> Int
    ) throws(Trouble) -> Int {
        let began = board_now()
        let result = body()
        let errno = board_errno()
        let ended = board_now()
        let failed = result == -1
        records.append(
            CallRecord(
                call: call, argument: argument, result: Int64(result),
                errno: failed ? KernelErrno(rawValue: errno) : .none,
                began: BoardInstant(rawValue: began), ended: BoardInstant(rawValue: ended)))
        guard !failed else { throw .kernel(call, KernelErrno(rawValue: errno)) }
        return result
    }

    /// Makes a call whose failure must not stop what follows it; the record keeps it.
    mutating func attempt(_ call: KernelCall, _ argument: UInt64 = 0, _ body: () -> Int) {
        do throws(Trouble) {
            _ = try make(call, argument, body)
        } catch {
            // The record has the errno; a clean-up goes on with the next thing.
        }
    }

    /// Makes a call that gives an address or, failing, none.
    mutating func map(
        _ argument: UInt64, _ body: () -> UnsafeMutableRawPointer?
    ) throws(Trouble) -> UnsafeMutableRawPointer {
        var memory: UnsafeMutableRawPointer?
        _ = try make(.mmap, argument) {
            memory = body()
            return memory == nil ? -1 : 0
        }
        guard let memory else { throw .kernel(.mmap, .outOfMemory) }
        return memory
    }
}
