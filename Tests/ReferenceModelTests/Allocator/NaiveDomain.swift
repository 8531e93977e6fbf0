// SPDX-License-Identifier: GPL-3.0-or-later

/// Nodes in a sorted list, and searches that try one page after the other: what the allocators do,
/// written from their definition and far too slow for anything but small numbers.
struct NaiveDomain {
    /// The node that lies above all.
    static let anchor = Node(id: -1, first: .max, last: .max)

    struct Node: Equatable {
        let id: Int
        var first: UInt64
        let last: UInt64
    }

    private(set) var nodes: [Node] = []
    private var made = 0

    mutating func add(_ first: UInt64, _ last: UInt64) -> Node {
        let node = Node(id: made, first: first, last: last)
        made += 1
        nodes.append(node)
        nodes.sort { $0.first < $1.first }
        return node
    }

    func node(_ id: Int) -> Node { nodes.first { $0.id == id } ?? Self.anchor }

    func node(containing page: UInt64) -> Node? {
        nodes.first { $0.first <= page && page <= $0.last }
    }

    func next(after node: Node) -> Node {
        nodes.first { $0.first > node.first } ?? Self.anchor
    }

    mutating func remove(_ node: Node) { nodes.removeAll { $0.id == node.id } }

    /// The highest first page of a free run that ends below `end`, aligned, and allowed.
    func highest(
        _ size: UInt64, below end: UInt64, aligned: Bool, allowed: (UInt64) -> Bool
    ) -> UInt64? {
        var power: UInt64 = 1
        while power < size { power *= 2 }
        guard end >= size else { return nil }
        return (0...(end - size)).reversed().first { first in
            let isFree = !nodes.contains { $0.first < first + size && first <= $0.last }
            return (!aligned || first % power == 0) && isFree && allowed(first)
        }
    }

    /// Lets each overlapped node take what lies between the one before and itself; the rest above
    /// becomes a node.
    mutating func reserve(_ first: UInt64, _ last: UInt64) -> Node {
        var uncovered = first
        var touched: Node?
        for index in nodes.indices where nodes[index].first <= last && first <= nodes[index].last {
            nodes[index].first = min(nodes[index].first, uncovered)
            uncovered = nodes[index].last + 1
            touched = nodes[index]
        }
        if let touched, last <= touched.last { return touched }
        return add(uncovered, last)
    }
}

/// The allocator of 4.8 over a naive domain, as long as no node is at page 0.
struct NaiveEra {
    var domain = NaiveDomain()
    var cached: Int?
    let start: UInt64
    let cachedLimit: UInt64
    let lowestPageUsable: Bool

    mutating func allocate(_ size: UInt64, _ limit: UInt64, aligned: Bool) -> NaiveDomain.Node? {
        var end = limit + 1
        if limit == cachedLimit, let cached { end = domain.node(cached).first }
        let lowest = lowestPageUsable ? start : start + 1
        let nodes = domain.nodes
        let first = domain.highest(size, below: end, aligned: aligned) { first in
            first >= lowest || nodes.contains { $0.last < first }
        }
        guard let first else { return nil }
        let node = domain.add(first, first + size - 1)
        if limit == cachedLimit { cached = node.id }
        return node
    }

    mutating func free(_ page: UInt64) -> NaiveDomain.Node? {
        guard let node = domain.node(containing: page) else { return nil }
        if let id = cached, node.first >= domain.node(id).first {
            let next = domain.next(after: node)
            cached = next.first < cachedLimit ? next.id : nil
        }
        domain.remove(node)
        return node
    }
}

/// The allocator of 6.x over a naive domain.
struct NaiveCached {
    var domain = NaiveDomain()
    var cached = NaiveDomain.anchor.id
    var cached32 = NaiveDomain.anchor.id
    var refused: UInt64
    let start: UInt64
    let fourGiB: UInt64

    init(start: UInt64, fourGiB: UInt64) {
        (self.start, self.fourGiB, refused) = (start, fourGiB, fourGiB)
    }

    mutating func allocate(_ size: UInt64, _ limit: UInt64, aligned: Bool) -> NaiveDomain.Node? {
        let end = limit + 1
        let isLow = end <= fourGiB
        if isLow, size >= refused { return nil }
        let (domain, low) = (domain, start)
        let begin = domain.node(isLow ? cached32 : cached)
        let near = domain.highest(size, below: min(end, begin.first), aligned: aligned) {
            $0 >= low
        }
        let far =
            begin.last >= end
            ? nil : domain.highest(size, below: end, aligned: aligned) { $0 > begin.last }
        guard let first = near ?? far else {
            refused = size
            return nil
        }
        let node = self.domain.add(first, first + size - 1)
        if node.last < fourGiB { cached32 = node.id } else { cached = node.id }
        return node
    }

    mutating func free(_ page: UInt64) -> NaiveDomain.Node? {
        guard let node = domain.node(containing: page) else { return nil }
        let next = domain.next(after: node).id
        let low = domain.node(cached32)
        if node == low || (node.last < fourGiB && node.first >= low.first) { cached32 = next }
        if node.first < fourGiB { refused = fourGiB }
        if node.first >= domain.node(cached).first { cached = next }
        domain.remove(node)
        return node
    }
}
