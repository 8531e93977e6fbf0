// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import Vocabulary

/// Where a device's MSIs go on a board: what a reader looks for first.
struct DoorbellPlace: Hashable {
    let board: BoardName
    let device: PCIAddress
    let iova: IOVA?
    let page: PhysicalAddress?
    let address: MessageAddress?

    /// Finds each place once, board by board; vectors of one device mostly share theirs.
    static func all(in report: RunReport) -> [DoorbellPlace] {
        var places: [DoorbellPlace] = []
        for found in report.cases {
            for sighting in found.judgement.keyFacts {
                let place = DoorbellPlace(
                    board: found.board, device: sighting.device, iova: sighting.iova,
                    page: sighting.page, address: sighting.message?.address)
                if !places.contains(place) { places.append(place) }
            }
        }
        return places
    }

    var cells: [String] {
        [
            board.text, device.description, iova?.description ?? "not seen",
            page?.description ?? "not seen", address?.description ?? "not seen",
        ]
    }
}
