// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Scheduling
import Synchronization

/// Streams whose other end is a closure: it sees each request and says what comes back.
final class ScriptedTransport: AgentTransport {
    typealias Script = @Sendable (Frame) async throws -> [UInt8]

    private let script: Script
    private let requests = Mutex<[Frame]>([])
    private let extra = Mutex<[[UInt8]]>([])
    let words: AgentLastWords

    init(
        words: AgentLastWords = AgentLastWords(standardError: "", ending: ""),
        _ script: @escaping Script
    ) {
        self.words = words
        self.script = script
    }

    /// The requests that came, in order.
    var heard: [Frame] { requests.withLock { $0 } }

    /// Adds bytes that the next reads give, one piece each.
    func give(_ pieces: [[UInt8]]) { extra.withLock { $0 += pieces } }

    func exchange(_ bytes: [UInt8], deadline: Deadline) async throws -> [UInt8] {
        var decoder = FrameDecoder()
        decoder.append(bytes)
        var answers: [UInt8] = []
        while let frame = try decoder.next() {
            requests.withLock { $0.append(frame) }
            answers += try await script(frame)
        }
        return answers
    }

    func read(deadline: Deadline) async throws -> [UInt8] {
        extra.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    }

    func closeInput(deadline: Deadline) async throws {}
    func lastWords() async -> AgentLastWords { words }
    func close() async {}
}

extension Frame {
    /// The bytes of an answer to this request.
    func answer(_ reply: Reply<some WireValue>, kind: RequestKind) -> [UInt8] {
        Frame(kind: .answer(kind), request: request, payload: reply.payload).bytes
    }

    /// The bytes of an answer that only says that it is done.
    func done(_ kind: RequestKind) -> [UInt8] { answer(Reply(Done(), calls: []), kind: kind) }
}
