// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

/// The digest of a trace says the same however its bytes come.
@Suite struct TraceDigestTests {
    private func digest(_ parts: [ArraySlice<UInt8>]) -> [String] {
        let digest = digest(of: parts)
        return digest.processes.map { process in
            "\(process.process) \(process.maps) \(process.unmaps) \(process.others) "
                + "\(process.overlaps) \(process.misses) \(process.shortfalls) "
                + "\(process.live.ranges) \(process.live.count) \(process.live.size)"
        } + digest.damage.map(\.description) + ["\(digest.damageCount)"]
    }

    /// Reads a text in parts, as a file is read.
    private func digest(of parts: [ArraySlice<UInt8>], process: Int32? = nil) -> TraceDigest {
        var digest = TraceDigest(file: "trace.txt", process: process)
        var rest: [UInt8] = []
        for part in parts {
            let bytes = rest + part
            let end = TraceBatch.wholeLines(of: bytes)
            digest.take(TraceBatch(bytes, upTo: end))
            rest = Array(bytes[end...])
        }
        digest.take(TraceBatch(rest, upTo: rest.count))
        digest.finish()
        return digest
    }

    private func digest(of text: String, process: Int32? = nil) -> TraceDigest {
        digest(of: [Array(text.utf8)[...]], process: process)
    }

    @Test(arguments: RecordedBoard.allCases, ["deny-trace.txt", "lost-trace.txt"])
    func everySplitIsTheSame(_ board: RecordedBoard, _ file: String) throws {
        let bytes = Array(try board.text(.trace, file).text.utf8)
        let whole = digest([bytes[...]])
        for cut in bytes.indices {
            #expect(digest([bytes[..<cut], bytes[cut...]]) == whole)
        }
    }

    @Test(arguments: RecordedBoard.allCases)
    func piecesOfAnySizeAreTheSame(_ board: RecordedBoard) throws {
        let bytes = Array(try board.text(.trace, "smoke-trace.txt").text.utf8)
        let whole = digest([bytes[...]])
        for size in [1, 2, 3, 7, 64, 141, 4096] {
            let starts = stride(from: 0, to: bytes.count, by: size)
            let parts = starts.map { bytes[$0..<min($0 + size, bytes.count)] }
            #expect(digest(parts) == whole)
        }
    }

    @Test(arguments: RecordedBoard.allCases)
    func itCountsWhatTheRecordsSay(_ board: RecordedBoard) throws {
        let text = try board.text(.trace, "smoke-trace.txt")
        let records = TraceText.parse(text).values
        let digest = digest(of: text.text)
        #expect(digest.damageCount == 0)
        let process = try #require(digest.processes.first)
        #expect(digest.processes.count == 1 && records.allSatisfy { $0.process == process.process })
        let maps = records.filter { if case .map = $0.event { true } else { false } }
        let unmaps = records.filter { if case .unmap = $0.event { true } else { false } }
        #expect(process.maps == maps.count && process.unmaps == unmaps.count)
        #expect(process.others == records.count - maps.count - unmaps.count)
        // Doorbells go silently with their domain, so that the last one's is left.
        #expect(process.live.ranges.map(\.first) == [IOVA(rawValue: 0x0800_0000)])
        #expect(process.live.size == .kibibytes(4) && process.shortfalls == 0)
    }

    @Test func damageIsCountedAndNotHoarded() {
        let digest = digest(of: String(repeating: "no trace line\n", count: 1000))
        #expect(digest.damage.count == 100 && digest.damageCount == 1001)
    }

    @Test func oneProcessCanBeChosen() throws {
        let line = " [0] 1.000001: map: IOMMU: iova=0x1000 paddr=0x0 size=4096\n"
        let digest = digest(of: "a-7\(line)b-8\(line)", process: 7)
        #expect(digest.processes.map(\.process) == [7])
    }

    @Test func aFileWithoutLinesIsNotHoarded() {
        let bytes = [UInt8](repeating: 0, count: 200_000)
        #expect(TraceBatch.wholeLines(of: bytes) == bytes.count)
        #expect(digest(of: [bytes[...]]).damage.map(\.what) == [.incomplete, .incomplete])
    }

    /// Against a set of pages, which cannot be wrong.
    @Test(arguments: [UInt64.random(in: .min ... .max)])
    func liveMappingsAreThoseOfAPageTable(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var live = LiveMappings()
        var pages: Set<UInt64> = []
        for _ in 0..<20_000 {
            let first = UInt64.random(in: 0..<4000, using: &random)
            let most: UInt64 = Bool.random(using: &random) ? 3 : 40
            let count = UInt64.random(in: 1...most, using: &random)
            let range = try #require(
                IOVARange(first: IOVA(rawValue: first << 12), size: .kibibytes(count * 4)))
            let touched = Set(first..<first + count)
            if UInt64.random(in: 0..<5, using: &random) < 3 {
                let isFree = live.map(range)
                #expect(isFree == pages.isDisjoint(with: touched))
                pages.formUnion(touched)
            } else {
                let wasWhole = live.unmap(range)
                #expect(wasWhole == touched.isSubset(of: pages))
                pages.subtract(touched)
            }
            #expect(live.size == .kibibytes(UInt64(pages.count) * 4))
        }
        let ranges = live.ranges
        #expect(ranges.count == live.count)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.last < $1.first })
        let seen = ranges.flatMap { $0.first.rawValue >> 12...$0.last.rawValue >> 12 }
        #expect(seen == pages.sorted())
    }

    @Test func theTopOfAllAddressesCanBeMapped() throws {
        let all = try #require(IOVARange(first: IOVA(rawValue: 0), last: IOVA(rawValue: .max)))
        let top = try #require(IOVARange(first: IOVA(rawValue: .max - 4095), size: .kibibytes(4)))
        var live = LiveMappings()
        let isFree = live.map(top)
        let wasWhole = live.unmap(all)
        #expect(isFree && !wasWhole && live.count == 0 && live.size == .zero)
        _ = live.map(all)
        let wasThere = live.unmap(top)
        #expect(wasThere && live.ranges.map(\.last) == [IOVA(rawValue: .max - 4096)])
    }
}
