// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernel's two IOVA allocators once more, over std::map: `doorbell bench allocator` builds this
// with g++ -O2 and gives it the script that it gives the reference model. It says how fast C++ is,
// and its checksum of all results must be the model's.
//
//     allocator era|cached SCRIPT          SCRIPT: records of four 64-bit words, this machine's order
//
// A node is keyed by its last page, which never changes; reserving may lower the first one. The
// scripts never reserve page 0, so that 4.8's search never wraps, which a map could not follow.

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

using Page = std::uint64_t;
using Nodes = std::map<Page, Page>; // last page -> first page
using Node = Nodes::iterator;

constexpr Page lowest = 1;
constexpr Page four_gib = 1u << 20;
constexpr Page none = ~Page(0);

struct Range {
    Page first, last;
};

static std::optional<Node> find(Nodes &nodes, Page page)
{
    Node node = nodes.lower_bound(page);
    if (node == nodes.end() || node->second > page)
        return std::nullopt;
    return node;
}

static Range reserve(Nodes &nodes, Page first, Page last)
{
    Node node = nodes.lower_bound(first);
    for (; node != nodes.end() && node->second <= last; ++node) {
        node->second = std::min(node->second, first);
        if (last <= node->first)
            return {node->second, node->first};
        first = node->first + 1;
    }
    nodes.emplace_hint(node, last, first);
    return {first, last};
}

// 4.8: the limit is inclusive, and only the limit 4 GiB - 1 begins at the cached node.
class Era {
    Nodes nodes;
    Node cached = nodes.end();
    static constexpr Page cached_limit = four_gib - 1;

    static Page padding(Page size, Page ceiling)
    {
        return (ceiling + 1 - size) & (std::bit_ceil(size) - 1);
    }

public:
    std::optional<Range> allocate(Page size, Page limit)
    {
        bool from_cache = limit == cached_limit && cached != nodes.end();
        Page ceiling = from_cache ? cached->second - 1 : limit;
        Node right = from_cache ? cached : nodes.end();
        Page pad = 0;
        while (right != nodes.begin()) {
            Node node = std::prev(right);
            if (ceiling >= node->second) {
                if (ceiling >= node->first) {
                    pad = padding(size, ceiling);
                    if (node->first + size + pad <= ceiling)
                        return insert(right, ceiling - size - pad + 1, size, limit);
                }
                ceiling = node->second - 1;
            }
            right = node;
        }
        pad = padding(size, ceiling);
        if (lowest + size + pad > ceiling)
            return std::nullopt;
        return insert(right, ceiling - size - pad + 1, size, limit);
    }

    std::optional<Range> insert(Node hint, Page first, Page size, Page limit)
    {
        Node node = nodes.emplace_hint(hint, first + size - 1, first);
        if (limit == cached_limit)
            cached = node;
        return Range{first, first + size - 1};
    }

    std::optional<Range> free(Page page)
    {
        auto node = find(nodes, page);
        if (!node)
            return std::nullopt;
        Range range{(*node)->second, (*node)->first};
        if (cached != nodes.end() && range.first >= cached->second) {
            Node next = std::next(*node);
            cached = next != nodes.end() && next->second < cached_limit ? next : nodes.end();
        }
        nodes.erase(*node);
        return range;
    }

    Range reserve(Page first, Page last) { return ::reserve(nodes, first, last); }
};

// 6.x: the limit is exclusive inside, two cached nodes, and a second try from the top.
class Cached {
    Nodes nodes;
    Node anchor = nodes.emplace(none, none).first;
    Node cached = anchor, cached32 = anchor;
    Page refused = four_gib;

    struct Slot {
        Page first;
        Node right;
    };

    std::optional<Slot> walk(Node node, Page size, Page low, Page end)
    {
        Page mask = ~(std::bit_ceil(size) - 1);
        for (;;) {
            end = std::min(end, node->second);
            Page first = (end - size) & mask;
            bool fits = end >= size && first >= low;
            if (node == nodes.begin() || first < low)
                return fits ? std::optional<Slot>({first, node}) : std::nullopt;
            Node left = std::prev(node);
            if (first > left->first)
                return fits ? std::optional<Slot>({first, node}) : std::nullopt;
            node = left;
        }
    }

    Node first_from(Page page)
    {
        Node node = nodes.lower_bound(page);
        return node->second < page ? std::next(node) : node;
    }

public:
    std::optional<Range> allocate(Page size, Page limit)
    {
        Page end = limit + 1;
        bool is_low = end <= four_gib;
        if (is_low && size >= refused)
            return std::nullopt;
        Node begin = is_low ? cached32 : cached;
        auto slot = walk(begin, size, lowest, end);
        if (!slot && begin->first < end)
            slot = walk(is_low ? first_from(end) : anchor, size, begin->first + 1, end);
        if (!slot) {
            refused = size;
            return std::nullopt;
        }
        Range range{slot->first, slot->first + size - 1};
        Node node = nodes.emplace_hint(slot->right, range.last, range.first);
        (range.last < four_gib ? cached32 : cached) = node;
        return range;
    }

    std::optional<Range> free(Page page)
    {
        auto node = find(nodes, page);
        if (!node || *node == anchor)
            return std::nullopt;
        Range range{(*node)->second, (*node)->first};
        Node next = std::next(*node);
        if (*node == cached32 || (range.last < four_gib && range.first >= cached32->second))
            cached32 = next;
        if (range.first < four_gib)
            refused = four_gib;
        if (range.first >= cached->second)
            cached = next;
        nodes.erase(*node);
        return range;
    }

    Range reserve(Page first, Page last) { return ::reserve(nodes, first, last); }
};

struct Call {
    std::uint64_t kind, a, b, c;
};

class Checksum {
    std::uint64_t sum = 0xcbf29ce484222325u;

    void add(std::uint64_t word) { sum = (sum ^ word) * 0x100000001b3u; }

public:
    void add(std::optional<Range> range)
    {
        add(range ? range->first : 0);
        add(range ? range->last : none);
    }
    std::uint64_t value() const { return sum; }
};

template <class Tree> static std::uint64_t run(const std::vector<Call> &calls)
{
    Tree tree;
    Checksum checksum;
    std::vector<Page> slots;
    for (const Call &call : calls) {
        switch (call.kind) {
        case 0: {
            auto given = tree.allocate(call.b, call.c);
            if (call.a >= slots.size())
                slots.resize(call.a + 1, 0);
            slots[call.a] = given ? given->first : 0;
            checksum.add(given);
            break;
        }
        case 1: checksum.add(tree.free(slots[call.a])); break;
        case 2: checksum.add(tree.reserve(call.a, call.b)); break;
        default: checksum.add(tree.free(call.a)); break;
        }
    }
    return checksum.value();
}

static std::vector<Call> read(const char *path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<Call> calls(file ? static_cast<std::size_t>(file.tellg()) / sizeof(Call) : 0);
    file.seekg(0);
    file.read(reinterpret_cast<char *>(calls.data()),
              static_cast<std::streamsize>(calls.size() * sizeof(Call)));
    return calls;
}

int main(int count, char **words)
{
    if (count != 3) {
        std::fprintf(stderr, "usage: allocator era|cached SCRIPT\n");
        return 2;
    }
    std::vector<Call> calls = read(words[2]);
    bool is_era = std::strcmp(words[1], "era") == 0;
    auto start = std::chrono::steady_clock::now();
    std::uint64_t checksum = is_era ? run<Era>(calls) : run<Cached>(calls);
    std::chrono::nanoseconds took = std::chrono::steady_clock::now() - start;
    std::printf("calls %zu elapsed_ns %lld checksum %016llx\n", calls.size(),
                static_cast<long long>(took.count()), static_cast<unsigned long long>(checksum));
    return 0;
}
