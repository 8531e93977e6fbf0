// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// The physical memory that users get, in runs that never lie side by side.
struct UserMemory {
    /// Pages that lie one behind the other.
    struct Run {
        let offset: ByteCount
        let page: PhysicalAddress
        let size: ByteCount
    }

    private var next: UInt64
    private let granule: UInt64
    private var random: SplitMix
    private var words: [PhysicalAddress: UInt32] = [:]

    init(base: PhysicalAddress, page: Granule, seed: UInt64) {
        next = base.rawValue + 0x0400_0000
        granule = page.bytes.rawValue
        random = SplitMix(seed: seed)
    }

    /// Gives fresh pages of zeros, in one to four runs for small sizes.
    mutating func allocate(_ size: ByteCount) -> [Run] {
        let pages = size.rawValue / granule
        let longest = max(1, pages / 3)
        var runs: [Run] = []
        var done: UInt64 = 0
        while done < pages {
            let length = min(pages - done, UInt64.random(in: 1...longest, using: &random))
            runs.append(
                Run(
                    offset: .bytes(done * granule), page: PhysicalAddress(rawValue: next),
                    size: .bytes(length * granule)))
            // One page stays free, so that runs are told apart by their addresses alone.
            next += (length + 1) * granule
            done += length
        }
        return runs
    }

    func word(at address: PhysicalAddress) -> UInt32 { words[address] ?? 0 }

    mutating func setWord(at address: PhysicalAddress, _ value: UInt32) { words[address] = value }
}
