// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Vocabulary

/// What an agent answered in one life, request by request, without what it read.
package struct RecordedAnswers: Sendable {
    /// How a request ended.
    package enum Ending: Sendable, Equatable {
        /// Carried out; the call that decided, and its errno.
        case answered(FrameKind, by: KernelCall, KernelErrno)
        /// The agent would not.
        case refused(Refusal)
        /// The payload is not what an answer begins with.
        case unreadable
    }

    package let endings: [RequestID: Ending]

    /// Reads the agent's standard output as it was recorded.
    /// - Throws: `FrameError` where it is no sequence of frames.
    package init(_ bytes: [UInt8]) throws(FrameError) {
        var decoder = FrameDecoder()
        decoder.append(bytes)
        var endings: [RequestID: Ending] = [:]
        while let frame = try decoder.next() {
            endings[frame.request] = Self.ending(frame)
        }
        self.endings = endings
    }

    /// Names the requests whose endings here are not those of another life, in their order.
    ///
    /// What only the other life was asked is not looked at.
    package func differences(from other: RecordedAnswers) -> [String] {
        endings.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { request, ending in
            let found = other.endings[request]
            guard found != ending else { return nil }
            return "\(request): \(ending), then \(found.map { "\($0)" } ?? "nothing")"
        }
    }

    private static func ending(_ frame: Frame) -> Ending {
        do throws(WireError) {
            if frame.kind == .refused {
                return .refused(try RefusedRequest(payload: frame.payload).refusal)
            }
            var reader = WireReader(frame.payload)
            let call = try KernelCall(from: &reader)
            return .answered(frame.kind, by: call, try KernelErrno(from: &reader))
        } catch {
            return .unreadable
        }
    }
}

extension RecordedAnswers.Ending: CustomStringConvertible {
    package var description: String {
        switch self {
        case .answered(let kind, let call, let errno):
            "\(RequestKind(rawValue: kind.rawValue & 0x7FFF).map { "\($0)" } ?? "?") \(errno) from \(call)"
        case .refused(let refusal): "refused, \(refusal)"
        case .unreadable: "an answer that cannot be read"
        }
    }
}
