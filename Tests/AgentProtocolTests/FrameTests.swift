// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Testing

/// Frames are found in any stream, or the stream is refused where it goes wrong.
@Suite struct FrameTests {
    static let frame = Frame(
        version: ProtocolVersion(rawValue: 1), kind: .request(.openGroup),
        request: RequestID(rawValue: 3), payload: [42, 0, 0, 0])

    @Test func aFrameLooksLikeThis() {
        let bytes: [UInt8] = [
            0x44, 0x42, 0x45, 0x4C,  // magic: DBEL
            0x01, 0x00,  // version 1
            0x20, 0x00,  // kind: openGroup
            0x03, 0x00, 0x00, 0x00,  // request 3
            0x04, 0x00, 0x00, 0x00,  // four bytes of payload
            0x2A, 0x00, 0x00, 0x00,  // group 42
            0x20, 0x5C, 0x02, 0x84,  // CRC-32
        ]
        #expect(Self.frame.bytes == bytes)
    }

    @Test func theChecksumIsTheOneOfZlib() {
        #expect(Checksum.crc32(of: "123456789".utf8) == 0xCBF4_3926)
        #expect(Checksum.crc32(of: []) == 0)
    }

    @Test func framesAreFoundInAnyPieces() throws {
        var random = SeededGenerator(seed: seed)
        let frames = (0..<40).map { random.frame(number: $0) }
        let stream = frames.flatMap(\.bytes)
        for piece in [1, 2, 3, 7, 16, 19, 20, 21, 1000, stream.count] {
            #expect(try decode(stream, inPiecesOf: piece) == frames, "seed \(seed), \(piece)")
        }
    }

    @Test func everyTruncationIsNoticedAtTheEnd() throws {
        let bytes = Self.frame.bytes
        for length in 1..<bytes.count {
            var decoder = FrameDecoder()
            decoder.append(bytes[..<length])
            #expect(try decoder.next() == nil)
            #expect(throws: FrameError.endedInside(offset: 0, have: length)) {
                try decoder.finish()
            }
        }
    }

    @Test func everyFlippedBitIsNoticed() throws {
        let bytes = Self.frame.bytes
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << (bit % 8)
            var decoder = FrameDecoder()
            decoder.append(damaged)
            // A longer length makes the decoder wait for more; it gets it, and finds out.
            decoder.append([UInt8](repeating: 0, count: Frame.longestPayload + 32))
            #expect(throws: FrameError.self, "bit \(bit)") { _ = try decoder.next() }
        }
    }

    @Test func garbageBehindAFrameIsQuotedWithItsPlace() throws {
        var decoder = FrameDecoder()
        decoder.append(Self.frame.bytes + Array("Welcome to board 3!\n".utf8))
        #expect(try decoder.next() == Self.frame)
        let found = Array("Welcome to board".utf8)
        #expect(throws: FrameError.noMagic(offset: 24, found: found)) { _ = try decoder.next() }
        #expect(decoder.pending == Array("Welcome to board 3!\n".utf8))
    }

    @Test func anErrorStays() {
        var decoder = FrameDecoder()
        decoder.append([0x58])
        #expect(throws: FrameError.noMagic(offset: 0, found: [0x58])) { _ = try decoder.next() }
        decoder.append(Self.frame.bytes)
        #expect(throws: FrameError.noMagic(offset: 0, found: [0x58])) { _ = try decoder.next() }
    }

    @Test func aFrameThatIsTooLongIsRefusedByItsHeaderAlone() {
        var writer = WireWriter()
        writer.raw(Frame.magic)
        for number: UInt16 in [1, 1, 1, 0] { writer.integer(number) }
        writer.integer(UInt32(Frame.longestPayload + 1))
        var decoder = FrameDecoder()
        decoder.append(writer.bytes)
        #expect(throws: FrameError.tooLong(offset: 0, length: UInt32(Frame.longestPayload + 1))) {
            _ = try decoder.next()
        }
    }

    @Test func randomGarbageNeverCrashesAndNeverBecomesAFrame() {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            var decoder = FrameDecoder()
            // Half of the streams begin well, so that more than the magic is tried.
            let start = random.next() & 1 == 0 ? Frame.magic : []
            decoder.append(start + random.bytes(Int(random.next() % 200)))
            #expect((try? decoder.next()) == nil, "seed \(seed)")
        }
    }

    private func decode(_ stream: [UInt8], inPiecesOf size: Int) throws -> [Frame] {
        var decoder = FrameDecoder()
        var frames: [Frame] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            decoder.append(stream[start..<min(start + size, stream.count)])
            while let frame = try decoder.next() { frames.append(frame) }
        }
        try decoder.finish()
        #expect(decoder.pending.isEmpty)
        return frames
    }
}

extension SeededGenerator {
    fileprivate mutating func frame(number: Int) -> Frame {
        Frame(
            version: ProtocolVersion(rawValue: self.number()),
            kind: FrameKind(rawValue: self.number()),
            request: RequestID(rawValue: UInt32(number)), payload: bytes(Int(next() % 60)))
    }
}
