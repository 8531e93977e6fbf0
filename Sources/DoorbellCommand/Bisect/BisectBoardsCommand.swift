// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import ResultArchive
import Vocabulary

struct BisectBoardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boards",
        abstract: "Tells which boards a bisection uses, and gives it others while it goes on.",
        discussion: """
            A board that is removed ends its boot first. One that was left out because it failed comes \
            back when it is added once more.
            """)

    @OptionGroup var which: BisectionChoice

    @Option(name: .customLong("add"), help: "A board of its lab; may be given again.")
    var added: [String] = []

    @Option(name: .customLong("remove"), help: "One of its boards; may be given again.")
    var removed: [String] = []

    func run() throws {
        let project = Project()
        let (folder, plan) = try which.bisection(in: project)
        var boards = try folder.boards(plan)
        if !added.isEmpty || !removed.isEmpty {
            boards = try changed(boards, of: folder, try BisectSession.verb(of: plan, folder))
            try folder.wish(for: boards)
        }
        Terminal.standardOutput.write(boards.map { "\($0.board)\n" }.joined())
    }

    private func changed(
        _ boards: [BoardWish], of folder: BisectionFolder, _ verb: any BisectVerb
    ) throws -> [BoardWish] {
        var boards = boards
        for word in removed {
            guard let place = boards.firstIndex(where: { $0.board.text == word }) else {
                throw UnknownName(
                    noun: "board", name: word, place: "bisection \(folder.name)",
                    known: boards.map(\.board.text))
            }
            boards.remove(at: place)
        }
        let lab = try Lab(verb.choice.labOrders(in: Project()).lab)
        for board in added.isEmpty ? [] : try Selection.boards(named: added, in: lab) {
            boards.removeAll { $0.board == board.name }
            boards.append(BoardWish(board.name, since: .now()))
        }
        guard !boards.isEmpty else { throw ValidationError("Leave it one board at least.") }
        return boards
    }
}
