// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Where an image carries its name: banners, release and build IDs.
struct ImagePlaces {
    private let bytes: [UInt8]
    /// Each once; Debian's 6.12 has a second one, of an object that the linker left out.
    let banners: [String]
    /// Where the values of build IDs begin.
    private let notes: [Range<Int>]

    /// `Linux version 6.1.0-56-arm64 (…`; the format that `/proc/version` is made with has no digit.
    private static let mark = Array("Linux version ".utf8)

    /// A note of name GNU and type 3, NT_GNU_BUILD_ID, with 20 bytes, as `--build-id` writes it.
    private static let note: [UInt8] =
        [4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0] + Array("GNU\0".utf8)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let lines = ByteSearch.places(of: Self.mark, in: bytes)
            .map { bytes[$0...].prefix(512).prefix { $0 != 0 && $0 != UInt8(ascii: "\n") } }
            .filter { $0.dropFirst(Self.mark.count).first.map { (48...57).contains($0) } ?? false }
            .map { String(decoding: $0, as: UTF8.self) }
        banners = Set(lines).sorted()
        notes = ByteSearch.places(of: Self.note, in: bytes).map {
            ($0 + Self.note.count)..<min($0 + Self.note.count + 20, bytes.count)
        }
    }

    var release: String? {
        banners.first.flatMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }
    }

    var buildIDs: [String] { notes.map { Fingerprint.digits(bytes[$0]) } }

    /// The bytes with zeros where the release and the build IDs stand.
    var nameless: [UInt8] {
        var nameless = bytes
        for range in notes { nameless.replaceSubrange(range, with: Array(repeating: 0, count: 20)) }
        let name = Array((release ?? "").utf8)
        guard !name.isEmpty else { return nameless }
        for place in ByteSearch.places(of: name, in: bytes) {
            nameless.replaceSubrange(
                place..<(place + name.count), with: Array(repeating: 0, count: name.count))
        }
        return nameless
    }
}

/// Looks for bytes in many bytes.
enum ByteSearch {
    /// Where the word begins, each place in order; places do not overlap.
    static func places(of word: [UInt8], in bytes: [UInt8]) -> [Int] {
        var places: [Int] = []
        var start = 0
        while let place = next(word, in: bytes, from: start) {
            places.append(place)
            start = place + word.count
        }
        return places
    }

    /// Swift does not see `memmem`; `memchr` finds the first byte as fast.
    private static func next(_ word: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = word.first else { return nil }
        return bytes.withUnsafeBytes { bytes in
            var place = start
            while place + word.count <= bytes.count, let base = bytes.baseAddress {
                let last = bytes.count - word.count + 1
                guard let found = memchr(base + place, Int32(first), last - place) else { break }
                if memcmp(found, word, word.count) == 0 { return UnsafeRawPointer(found) - base }
                place = UnsafeRawPointer(found) - base + 1
            }
            return nil
        }
    }
}
