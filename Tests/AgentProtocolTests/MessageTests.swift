// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Testing
import Vocabulary

/// Messages survive the wire, and nothing but a message is taken for one.
@Suite struct MessageTests {
    @Test("Every request comes out as it went in", arguments: RequestKind.allCases)
    func requestsRoundTrip(kind: RequestKind) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let request = random.request(kind)
            #expect(type(of: request).kind == kind)
            try expectRoundTrip(request)
        }
    }

    @Test func everyAnswerComesOutAsItWentIn() throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            for answer in random.answers() { try expectRoundTrip(answer) }
        }
    }

    @Test func everyTruncationAndEveryExtraByteIsAnErrorThatNamesTheOffset() {
        var random = SeededGenerator(seed: seed)
        let messages = RequestKind.allCases.map { random.request($0) as any WireValue }
        for message in messages + random.answers() { expectWholeOnly(message) }
    }

    @Test func randomPayloadsNeverCrashAndNeverReadTwoWays() {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let bytes = random.bytes(Int(random.next() % 80))
            for kind in RequestKind.allCases { expectCanonical(random.request(kind), bytes) }
            for answer in random.answers() { expectCanonical(answer, bytes) }
        }
    }

    @Test func aCountOfFourThousandMillionReservesNothing() {
        #expect(throws: WireError.truncated(offset: 4, needed: 1, left: 0)) {
            _ = try [UInt8](payload: [0xFF, 0xFF, 0xFF, 0xFF])
        }
    }

    @Test func aReplyThatBothSucceededAndFailedIsRefused() {
        var reply = Reply(Done(), calls: [])
        reply.errno = .invalid
        #expect(throws: WireError.meaningless(offset: 2, found: 22)) {
            _ = try Reply<Done>(payload: reply.payload)
        }
    }

    @Test func theWordsOfAVersionRefusalStayInTheirPlaces() throws {
        let refusal = Refusal.version(
            agent: ProtocolVersion(rawValue: 7), controller: ProtocolVersion(rawValue: 0x102))
        #expect(refusal.payload == [1, 0, 7, 0, 2, 1])
    }

    @Test func kindsOfAnswersNeverMeetKindsOfRequests() {
        let requests = Set(RequestKind.allCases.map { FrameKind.request($0) })
        let answers = Set(RequestKind.allCases.map { FrameKind.answer($0) })
        #expect(requests.isDisjoint(with: answers))
        #expect(!requests.contains(.refused) && !answers.contains(.refused))
    }
}

private func expectRoundTrip<Value: WireValue>(_ value: Value) throws {
    #expect(try Value(payload: value.payload) == value, "seed \(seed)")
}

private func expectWholeOnly<Value: WireValue>(_ value: Value) {
    let payload = value.payload
    for length in payload.indices {
        #expect("seed \(seed), \(Value.self) cut to \(length)") {
            _ = try Value(payload: Array(payload[..<length]))
        } throws: { error in
            guard let error = error as? WireError else { return false }
            return error.offset <= length
        }
    }
    #expect("seed \(seed), \(Value.self) and a byte") {
        _ = try Value(payload: payload + [0])
    } throws: { $0 as? WireError == .trailing(offset: payload.count, count: 1) }
}

/// What can be read must be what would be written: no two payloads mean the same.
private func expectCanonical<Value: WireValue>(_: Value, _ bytes: [UInt8]) {
    do throws(WireError) {
        let value = try Value(payload: bytes)
        #expect(value.payload == bytes, "seed \(seed)")
    } catch {
        #expect(error.offset <= bytes.count, "seed \(seed)")
    }
}
