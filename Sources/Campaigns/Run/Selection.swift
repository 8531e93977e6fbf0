// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Chooses what a command line names out of what there is.
package enum Selection {
    /// The boards of a lab with these names, each once; all of them where none is named.
    /// - Throws: `UnknownName` with the names that there are.
    package static func boards(
        named names: [String], in lab: Lab
    ) throws(UnknownName) -> [Board] {
        guard !names.isEmpty else { return lab.boards }
        var chosen: [Board] = []
        for name in names {
            guard let board = lab.boards.first(where: { $0.name.text == name }) else {
                throw UnknownName(
                    noun: "board", name: name, place: "lab \(lab.name)",
                    known: lab.boards.map(\.name.text))
            }
            if !chosen.contains(board) { chosen.append(board) }
        }
        return chosen
    }

    /// Lets each suite be run once.
    /// - Throws: `TwoSuites` when two files call their suite the same.
    package static func distinct(_ suites: [SuiteOrder]) throws(TwoSuites) -> [SuiteOrder] {
        var chosen: [SuiteOrder] = []
        for order in suites {
            guard let twin = chosen.first(where: { $0.suite.name == order.suite.name }) else {
                chosen.append(order)
                continue
            }
            guard twin.source.bytes == order.source.bytes else {
                throw TwoSuites(
                    name: order.suite.name, files: [twin.source.file, order.source.file])
            }
        }
        return chosen
    }

    /// The cases of these suites whose names are asked for; all of them where none is named.
    ///
    /// A name may be a case's own, or `suite/case`. Suites without a chosen case are left out.
    /// - Throws: `UnknownName` for a name that no suite has.
    package static func cases(
        named names: [String], in suites: [SuiteOrder]
    ) throws(UnknownName) -> [SuiteOrder] {
        guard !names.isEmpty else { return suites }
        let known = suites.flatMap { order in
            order.cases.map { "\(order.suite.name)/\($0.name)" }
        }
        for name in names where !known.contains(where: { $0 == name || $0.hasSuffix("/" + name) }) {
            throw UnknownName(noun: "case", name: name, place: "the chosen suites", known: known)
        }
        let orders = suites.map { order in
            SuiteOrder(
                suite: order.suite, source: order.source,
                cases: order.cases.filter { entry in
                    names.contains(entry.name.text)
                        || names.contains("\(order.suite.name)/\(entry.name)")
                })
        }
        return orders.filter { !$0.cases.isEmpty }
    }
}

/// A name on the command line that names nothing.
package struct UnknownName: Blame, Hashable {
    /// What was looked for: "board".
    package let noun: String
    package let name: String
    /// Where it was looked for.
    package let place: String
    package let known: [String]

    package init(noun: String, name: String, place: String, known: [String]) {
        self.noun = noun
        self.name = name
        self.place = place
        self.known = known
    }

    package var kind: FaultKind { .suite }

    /// A case may be called without its suite.
    private var bareNames: [String] {
        known.compactMap { $0.split(separator: "/").dropFirst().last.map(String.init) }
    }

    package var account: Account {
        let nearest = Spelling.nearest(to: name, among: known + bareNames)
        let guess = nearest.map { " Did you mean '\($0)'?" } ?? ""
        return Account(
            subject: "\(noun) '\(name)'", action: "be found",
            cause: "\(place) has no such \(noun)",
            remedy: known.isEmpty
                ? "There is none." : "There is: \(known.joined(separator: ", "))." + guess)
    }
}

/// Two suites of one name in one run: their results would be taken for each other.
package struct TwoSuites: Blame, Hashable {
    package let name: SuiteName
    package let files: [String]

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "doorbell", action: "run two suites named \(name)",
            cause: "\(files.joined(separator: " and ")) both use the name",
            remedy: "Give one of them another name, or run them one after the other.")
    }
}
