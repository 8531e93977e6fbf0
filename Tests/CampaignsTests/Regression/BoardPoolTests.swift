// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import ResultArchive
import Testing
import Vocabulary

@Suite("The boards of a bisection")
struct BoardPoolTests {
    private static let broken = Fault(
        kind: .bench,
        account: Account(subject: "the board", action: "be reached", cause: "its cable is out"))

    private func name(_ text: String) throws -> BoardName { try #require(BoardName(text)) }

    @Test("A board that was left out stays out until somebody wishes for it again")
    func again() throws {
        let (a, b) = (try name("a"), try name("b"))
        let early = UTCInstant.now()
        let first = [BoardWish(a, since: early), BoardWish(b, since: early)]
        var pool = BoardPool(first)
        let isLost = [pool.fail(b, Self.broken), pool.fail(b, Self.broken)]
        #expect(isLost == [false, true])
        #expect(pool.alive == [a])
        let sameAgain = pool.use(first)
        #expect(!sameAgain)
        #expect(pool.alive == [a])
        let later = UTCInstant(milliseconds: 2_000_000_000_000)
        let anew = pool.use([BoardWish(a, since: early), BoardWish(b, since: later)])
        #expect(anew)
        #expect(pool.alive == [a, b])
        let isLostAtOnce = pool.fail(b, Self.broken)
        #expect(!isLostAtOnce)
    }

    @Test("A board that leaves is given nothing more; the ends go to one that stays")
    func leaves() throws {
        let (a, b) = (try name("a"), try name("b"))
        let since = UTCInstant.now()
        var pool = BoardPool([BoardWish(a, since: since), BoardWish(b, since: since)])
        pool.take(a, forEnd: true)
        #expect(pool.home == a)
        let isOther = pool.use([BoardWish(b, since: since)])
        #expect(isOther)
        pool.release(a)
        #expect(pool.free == [b])
        #expect(pool.home == b)
    }
}
