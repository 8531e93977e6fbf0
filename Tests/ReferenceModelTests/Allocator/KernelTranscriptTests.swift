// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Calls and answers of the kernel's own algorithms, run outside a kernel: what is wrong in both the
/// model and its naive counterpart shows here.
///
/// The 6.x answers are those of `drivers/iommu/iova.c` and `lib/rbtree.c` of 6.1, built as a program.
/// The 4.8 ones are those of its algorithm, written down in C a second time over the same
/// `lib/rbtree.c`; the search wraps in it, and the kernel stops. `A size limit aligned` allocates,
/// `R first last` reserves, `F page` frees.
@Suite struct KernelTranscriptTests {
    @Test func `4·8 answers as its algorithm over the kernel's tree does`() throws {
        var tree = EraTree.sample(start: 3, cachedLimit: 63)
        for line in Self.era.split(separator: "\n") {
            let call = try TranscriptCall(line)
            let answer =
                switch call.kind {
                case "A":
                    switch tree.allocate(
                        try call.size, limit: Frames.at(call.second), aligned: call.isAligned)
                    {
                    case .granted(let grant): TranscriptCall.text(grant.range)
                    case .exhausted: "-"
                    case .crash: "BUG"
                    }
                case "R": TranscriptCall.text(tree.reserve(try call.range)?.range)
                default: TranscriptCall.text(tree.free(containing: Frames.at(call.first)))
                }
            #expect(answer == call.answer, "\(line)")
        }
    }

    @Test func `6·1 answers as its own text does`() throws {
        var tree = CachedTree(granule: .sixtyFourKiB, start: Frames.at(3))
        for line in Self.cached.split(separator: "\n") {
            let call = try TranscriptCall(line)
            let range =
                switch call.kind {
                case "A":
                    tree.allocate(
                        try call.size, limit: Frames.at(call.second), aligned: call.isAligned)?
                        .range
                case "R": tree.reserve(try call.range)?.range
                default: tree.free(containing: Frames.at(call.first))
                }
            #expect(TranscriptCall.text(range) == call.answer, "\(line)")
        }
    }

    private static let era = """
        A 1 63 1 = 63 63
        R 32 62 = 32 62
        A 1 63 1 = 31 31
        F 13 = -
        A 1 32 1 = 30 30
        A 7 32 1 = 16 22
        A 1 192 1 = 192 192
        R 61 70 = 64 70
        F 40 = 32 62
        F 49 = -
        R 0 1 = 0 1
        A 1 63 0 = 62 62
        F 12 = -
        A 7 57 1 = 48 54
        A 33 32 1 = 18446744073709551552 18446744073709551584
        R 48 78 = 71 78
        A 8 57 1 = 40 47
        R 25 34 = 32 34
        F 30 = 25 30
        A 7 63 0 = 24 30
        F 27 = 24 30
        F 63 = 63 63
        A 3 63 1 = 36 38
        A 1 63 1 = 35 35
        A 1 32 0 = 30 30
        R 45 46 = 40 47
        F 23 = -
        A 1 32 1 = BUG
        A 1 63 1 = BUG
        F 18 = -
        R 56 86 = 79 86
        A 7 63 1 = 24 30
        A 1 32 1 = BUG
        R 9 10 = 9 10
        F 0 = 0 1
        R 45 45 = 40 47
        A 1 57 1 = 39 39
        A 1 192 0 = 191 191
        F 10 = 9 10
        A 33 63 1 = -
        """

    private static let cached = """
        A 33 63 1 = -
        R 46 55 = 46 55
        A 1 63 1 = 63 63
        A 4 63 0 = 59 62
        A 33 57 0 = -
        R 50 50 = 46 55
        F 17 = -
        A 1 57 1 = 57 57
        F 24 = -
        A 1 57 1 = 56 56
        A 4 63 1 = 40 43
        F 31 = -
        F 31 = -
        A 7 63 1 = 32 38
        A 64 57 1 = -
        F 62 = 59 62
        A 1 57 1 = 45 45
        F 44 = -
        R 58 58 = 58 58
        F 60 = -
        F 39 = -
        R 57 58 = 58 58
        F 44 = -
        A 1 57 1 = 44 44
        A 1 192 1 = 39 39
        A 1 63 1 = 31 31
        R 17 20 = 17 20
        F 53 = 46 55
        F 48 = -
        F 22 = -
        A 1 32 0 = 30 30
        A 1 32 1 = 29 29
        R 40 40 = 40 43
        F 6 = -
        R 50 53 = 50 53
        A 33 32 1 = -
        A 1 63 1 = 28 28
        A 1 57 1 = 27 27
        A 1 57 1 = 26 26
        R 44 53 = 46 53
        A 7 32 1 = 8 14
        A 3 192 1 = 4 6
        F 2 = -
        A 3 63 1 = 60 62
        F 38 = 32 38
        F 33 = -
        R 21 22 = 21 22
        F 42 = 40 43
        """
}

/// A line of a transcript: `A 7 32 1 = 16 22`.
private struct TranscriptCall {
    let kind: Substring
    let first: UInt64
    let second: UInt64
    let isAligned: Bool
    let answer: String

    init(_ line: Substring) throws {
        let halves = line.split(separator: " = ")
        let words = try #require(halves.first).split(separator: " ")
        kind = try #require(words.first)
        first = try #require(UInt64(words[1]))
        second = words.count > 2 ? try #require(UInt64(words[2])) : 0
        isAligned = words.count > 3 && words[3] == "1"
        answer = String(try #require(halves.last))
    }

    var size: PageCount { get throws { try Frames.count(UInt32(first)) } }
    var range: PageFrameRange { get throws { try Frames.range(first, second) } }

    static func text(_ range: PageFrameRange?) -> String {
        range.map { "\($0.first.rawValue) \($0.last.rawValue)" } ?? "-"
    }
}
