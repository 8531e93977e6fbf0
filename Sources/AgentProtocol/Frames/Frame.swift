// SPDX-License-Identifier: GPL-3.0-or-later

/// One message on the stream.
///
/// On the wire, little endian: magic `DBEL` (4), version (2), kind (2), request (4), length of the
/// payload (4), payload, CRC-32 of everything before it (4). The sixteen bytes of the header are the
/// same in every version, so that two versions can refuse each other politely.
package struct Frame: Equatable, Sendable {
    /// What the sender speaks.
    package var version: ProtocolVersion
    package var kind: FrameKind
    package var request: RequestID
    package var payload: [UInt8]

    package init(
        version: ProtocolVersion = .current, kind: FrameKind, request: RequestID,
        payload: [UInt8]
    ) {
        self.version = version
        self.kind = kind
        self.request = request
        self.payload = payload
    }

    /// `DBEL`.
    package static let magic: [UInt8] = [0x44, 0x42, 0x45, 0x4C]
    package static let headerLength = 16
    package static let checksumLength = 4
    /// The longest payload that is accepted: what a board sends must not fill our memory.
    package static let longestPayload = 1 << 20

    /// The frame as it goes over the stream.
    package var bytes: [UInt8] {
        var writer = WireWriter()
        writer.raw(Self.magic)
        version.write(to: &writer)
        kind.write(to: &writer)
        request.write(to: &writer)
        payload.write(to: &writer)
        writer.integer(Checksum.crc32(of: writer.bytes))
        return writer.bytes
    }
}

/// What a frame carries: a request's number, the same with the top bit for its answer, or a refusal.
///
/// The bit below marks a request that is carried out only if the one before it on the stream was, and
/// the kernel did what it asked for: so a chain of requests can go in one flight, and ends where a
/// controller that awaits each answer would end it.
package struct FrameKind: RawRepresentable, Hashable, WireValue {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The agent did not carry the request out: the payload is a `RefusedRequest`.
    package static let refused = FrameKind(rawValue: 0xFFFF)

    private static let conditionBit: UInt16 = 0x4000

    /// The kind of the frame that asks for something, perhaps only if the last thing succeeded.
    package static func request(
        _ kind: RequestKind, onlyAfterSuccess: Bool = false
    ) -> FrameKind {
        FrameKind(rawValue: kind.rawValue | (onlyAfterSuccess ? conditionBit : 0))
    }

    /// Of a request: whether it is to be skipped unless the one before it succeeded.
    package var isOnlyAfterSuccess: Bool { rawValue & Self.conditionBit != 0 }

    /// Of a request: its number, without the condition.
    package var requestNumber: UInt16 { rawValue & ~Self.conditionBit }

    /// The kind of the frame that answers it.
    package static func answer(_ kind: RequestKind) -> FrameKind {
        FrameKind(rawValue: kind.rawValue | 0x8000)
    }
}
