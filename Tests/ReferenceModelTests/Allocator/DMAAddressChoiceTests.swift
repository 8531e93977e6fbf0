// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// What host drivers' domains of 6.x hand out, and how surely that is known.
@Suite struct DMAAddressChoiceTests {
    private let wide = IOVA(rawValue: 0xffff_ffff_ffff)

    private func request(
        _ pages: UInt32 = 1, limit: IOVA? = nil, isPCI: Bool = true
    ) throws -> DMARequest {
        let device = try #require(PCIAddress("0000:00:02.0"))
        return DMARequest(
            device: isPCI ? device : nil, size: try Frames.count(pages), limit: limit ?? wide)
    }

    private func domain(
        _ rule: LowAddressRule = .eachRequest, start: UInt64 = 1
    ) -> DMAAddressChoice {
        DMAAddressChoice(tree: .sample(start: start), rule: rule)
    }

    @Test("A PCI function is kept below 4 GiB, anything else is not")
    func belowFourGiB() throws {
        let low = IOVA(rawValue: 0xffff_f000)
        let high = IOVA(rawValue: 0xffff_ffff_f000)
        #expect(domain().predict(try request()) == .exactly(low))
        #expect(domain().predict(try request(isPCI: false)) == .exactly(high))
        #expect(domain(.never).predict(try request()) == .exactly(high))
    }

    @Test("6.12 gives up on low addresses at a function's first failure, 6.1 never")
    func promotion() throws {
        for rule in [LowAddressRule.eachRequest, .untilFirstFailure] {
            var choice = domain(rule, start: 0xf_fff0)
            let large = try request(64)
            let high = IOVA(rawValue: 0xffff_fffc_0000)
            let prediction = try #require(choice.predict(large))
            #expect(prediction == .exactly(high))
            try choice.follow(large, high)
            let small = try #require(choice.predict(try request()))
            let expected: UInt64 =
                rule == .eachRequest ? 0xffff_f000 : 0xffff_fffb_f000
            #expect(small == .exactly(IOVA(rawValue: expected)))
        }
    }

    @Test("A freed page may come back from a cache or not, and both are followed")
    func parkedPage() throws {
        var choice = domain()
        let first = IOVA(rawValue: 0xffff_f000)
        let second = IOVA(rawValue: 0xffff_e000)
        try choice.follow(try request(), first)
        choice.release(first, size: .one)
        let prediction = try #require(choice.predict(try request()))
        #expect(prediction.allows(first) && prediction.allows(second))
        #expect(!prediction.allows(IOVA(rawValue: 0xffff_d000)) && !prediction.allows(nil))
        #expect(prediction.basis.hasPrefix("one of 2: "))
        var other = choice
        try choice.follow(try request(), first)
        #expect(choice.predict(try request()) == .exactly(second))
        try other.follow(try request(), second)
        #expect(try #require(other.predict(try request())).allows(first))
        let isAllowed = other.settle(try request(), on: wide)
        #expect(!isAllowed)
    }

    @Test("What is parked in another size, or above the limit, leaves the answer exact")
    func parkedInVain() throws {
        var choice = domain()
        let pair = IOVA(rawValue: 0xffff_e000)
        try choice.follow(try request(2), pair)
        choice.release(pair, size: try Frames.count(2))
        #expect(choice.predict(try request()) == .exactly(IOVA(rawValue: 0xffff_d000)))
        let below = try request(2, limit: IOVA(rawValue: 0xffff_efff))
        #expect(choice.predict(below) == .exactly(IOVA(rawValue: 0xffff_c000)))
    }

    @Test("Sizes up to 32 pages are rounded up, larger ones go straight back to the tree")
    func sizes() throws {
        var choice = domain()
        let three = IOVA(rawValue: 0xffff_c000)
        try choice.follow(try request(3), three)
        #expect(choice.predict(try request()) == .exactly(IOVA(rawValue: 0xffff_b000)))
        let large = IOVA(rawValue: 0xfffc_0000)
        try choice.follow(try request(33), large)
        choice.release(large, size: try Frames.count(33))
        #expect(choice.predict(try request(33)) == .exactly(large))
    }

    @Test("A full domain empties the caches before it fails")
    func emptiesCaches() throws {
        var choice = domain(start: 0xf_fffc)
        let limit = IOVA(rawValue: 0xffff_ffff)
        let single = try request(limit: limit)
        for page in 0..<UInt64(4) {
            try choice.follow(single, IOVA(rawValue: 0xffff_f000 - page << 12))
        }
        #expect(choice.predict(single) == .exactly(nil))
        for page in 2..<UInt64(4) {
            choice.release(IOVA(rawValue: 0xffff_f000 - page << 12), size: .one)
        }
        let pair = IOVA(rawValue: 0xffff_c000)
        #expect(choice.predict(try request(2, limit: limit)) == .exactly(pair))
    }

    @Test("With more parked than two magazines hold, nothing is predicted")
    func tooMuchParked() throws {
        var choice = domain()
        for page in 0..<UInt64(255) {
            try choice.follow(try request(), IOVA(rawValue: 0xffff_f000 - page << 12))
        }
        for page in 0..<UInt64(254) {
            choice.release(IOVA(rawValue: 0xffff_f000 - page << 12), size: .one)
        }
        #expect(choice.predict(try request())?.all.count == 255)
        choice.release(IOVA(rawValue: 0xffff_f000 - 254 << 12), size: .one)
        #expect(choice.predict(try request()) == nil)
    }

    @Test("The limit is the least of mask, bus and aperture; a bus limit of zero is none")
    func limits() throws {
        let mask = IOVA(rawValue: 0xffff_ffff)
        let aperture = try #require(
            IOVARange(first: IOVA(rawValue: 0), last: IOVA(rawValue: 0x7fff_ffff)))
        #expect(DMARequest.limit(mask: mask) == mask)
        #expect(DMARequest.limit(mask: mask, bus: IOVA(rawValue: 0)) == mask)
        let bus = IOVA(rawValue: 0x3fff_ffff)
        #expect(DMARequest.limit(mask: mask, bus: bus, aperture: aperture) == bus)
        #expect(DMARequest.limit(mask: mask, aperture: aperture) == aperture.last)
    }
}

extension DMAAddressChoice {
    /// Follows an answer that must be allowed.
    fileprivate mutating func follow(_ request: DMARequest, _ answer: IOVA?) throws {
        let isAllowed = settle(request, on: answer)
        try #require(isAllowed)
    }
}

@Suite struct PredictionTests {
    @Test("A prediction says what it allows and what it rests on")
    func basis() {
        let exact = Prediction.exactly(1)
        #expect(exact.allows(1) && !exact.allows(2))
        #expect(exact.basis == "exact")
        let open = Prediction.oneOf([1, 2, 3], because: "the order of two CPUs is not known")
        #expect(open.allows(3) && !open.allows(4))
        #expect(open.basis == "one of 3: the order of two CPUs is not known")
        #expect(open.map { $0 * 2 }.all == [2, 4, 6])
    }
}
