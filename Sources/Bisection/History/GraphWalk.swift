// SPDX-License-Identifier: GPL-3.0-or-later

/// Walks from revisions to their parents; nodes are numbers in the order in which they were listed.
struct GraphWalk {
    private let parents: [[Int]]

    init(parents: [[Int]]) { self.parents = parents }

    /// All that a node came from, and the node itself last, parents before children.
    /// - Throws: `HistoryError.circular`.
    func order(
        to end: Int, named graph: [ParentedRevision]
    ) throws(HistoryError) -> [Int] {
        // No recursion: a history may be deeper than a stack.
        enum Mark { case unseen, open, closed }
        var marks = Array(repeating: Mark.unseen, count: parents.count)
        var order: [Int] = []
        var path = [(node: end, next: 0)]
        marks[end] = .open
        while let (node, next) = path.last {
            guard next < parents[node].count else {
                marks[node] = .closed
                order.append(node)
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let parent = parents[node][next]
            if marks[parent] == .open { throw .circular(graph[parent].revision) }
            guard marks[parent] == .unseen else { continue }
            marks[parent] = .open
            path.append((parent, 0))
        }
        return order
    }

    /// The parents of some nodes among each other, by their places in the list.
    func parents(among nodes: [Int]) -> [[Int]] {
        let places = Dictionary(nodes.enumerated().map { ($0.element, $0.offset) }) { $1 }
        return nodes.map { node in parents[node].compactMap { places[$0] } }
    }
}
