// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing

@Suite("How many boards a bisection uses at once")
struct PaceTests {
    @Test("Every board, while nothing is known, and where kernels come ready or boots take long")
    func all() {
        #expect(Pace().boards(of: 4) == 4)
        #expect(Pace(make: .zero, boot: .seconds(8)).boards(of: 4) == 4)
        #expect(Pace(make: .seconds(10), boot: .seconds(360)).boards(of: 4) == 4)
        #expect(Pace(make: .seconds(10), boot: .seconds(65)).boards(of: 2) == 2)
    }

    @Test("One, where kernels take longer than boots")
    func one() {
        #expect(Pace(make: .seconds(20), boot: .seconds(8)).boards(of: 2) == 1)
        #expect(Pace(make: .seconds(600), boot: .seconds(8)).boards(of: 8) == 1)
    }

    @Test("Never none, never more than there are, and more of them the longer boots take")
    func between() {
        var before = 1
        for boot in [1, 5, 20, 60, 120, 600, 6000] {
            let boards = Pace(make: .seconds(20), boot: .seconds(boot)).boards(of: 8)
            #expect((before...8).contains(boards))
            before = boards
        }
        #expect(before == 8)
        #expect(Pace(make: .seconds(600), boot: .zero).boards(of: 3) == 1)
    }
}
