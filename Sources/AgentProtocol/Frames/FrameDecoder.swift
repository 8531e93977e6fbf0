// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a stream of bytes, fed in any pieces, into frames.
///
/// Call `next()` until it gives nothing after each `append`: then less than one frame is kept. An
/// error stays: a stream that lost its step cannot be trusted to have found it again.
package struct FrameDecoder {
    /// Bytes that are not part of a finished frame yet; after an error, the ones it is about.
    package private(set) var pending: [UInt8] = []
    /// How many bytes of the stream went into finished frames.
    package private(set) var offset: UInt64 = 0
    private var failure: FrameError?

    package init() {}

    /// Takes the next bytes of the stream.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        pending.append(contentsOf: bytes)
    }

    /// Gives the next whole frame, or nothing when more bytes are needed.
    package mutating func next() throws(FrameError) -> Frame? {
        if let failure { throw failure }
        do throws(FrameError) {
            return try decode()
        } catch {
            failure = error
            throw error
        }
    }

    /// Says that the stream ended; an unfinished frame is an error.
    package mutating func finish() throws(FrameError) {
        if let failure { throw failure }
        guard pending.isEmpty else {
            throw .endedInside(offset: offset, have: pending.count)
        }
    }

    private mutating func decode() throws(FrameError) -> Frame? {
        try checkMagic()
        guard pending.count >= Frame.headerLength else { return nil }
        let length = number(at: 12, width: 4)
        guard length <= Frame.longestPayload else {
            throw .tooLong(offset: offset, length: UInt32(length))
        }
        let end = Frame.headerLength + length
        guard pending.count >= end + Frame.checksumLength else { return nil }
        try checkSum(end)
        let frame = frame(end)
        pending.removeFirst(end + Frame.checksumLength)
        offset += UInt64(end + Frame.checksumLength)
        return frame
    }

    private func frame(_ end: Int) -> Frame {
        Frame(
            version: ProtocolVersion(rawValue: UInt16(number(at: 4, width: 2))),
            kind: FrameKind(rawValue: UInt16(number(at: 6, width: 2))),
            request: RequestID(rawValue: UInt32(number(at: 8, width: 4))),
            payload: Array(pending[Frame.headerLength..<end]))
    }

    /// Refuses a wrong first byte at once, without waiting for a header's worth of garbage.
    private func checkMagic() throws(FrameError) {
        for (index, byte) in pending.prefix(Frame.magic.count).enumerated()
        where byte != Frame.magic[index] {
            throw .noMagic(offset: offset, found: Array(pending.prefix(Frame.headerLength)))
        }
    }

    private func checkSum(_ end: Int) throws(FrameError) {
        let computed = Checksum.crc32(of: pending[..<end])
        let found = UInt32(number(at: end, width: 4))
        guard computed == found else {
            throw .checksum(offset: offset, computed: computed, found: found)
        }
    }

    private func number(at start: Int, width: Int) -> Int {
        var value = 0
        for index in 0..<width { value |= Int(pending[start + index]) << (8 * index) }
        return value
    }
}
