// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing

@Suite("Sizes and addresses of steps")
struct QuantityTests {
    @Test(
        "A size that cannot be meant is answered with what to write",
        arguments: [
            ("4096", "the unit is missing: write 4096B, 4KiB or 1page instead of 4096"),
            ("8192", "the unit is missing: write 8192B, 8KiB or 2pages instead of 8192"),
            ("100", "the unit is missing: write 100B instead of 100"),
            ("2MB", "unknown unit 'MB'; did you mean '2MiB'?"),
            ("2mib", "unknown unit 'mib'; did you mean '2MiB'?"),
            ("2furlong", "unknown unit 'furlong'; write a number with one of the units"),
            ("0B", "the size is zero; write at least 1B or 1page"),
            ("0pages", "the size is zero; write at least 1B or 1page"),
            ("lots", "'lots' is not a size; write a number with one of the units"),
            ("-1page", "'-1page' is not a size"),
            ("1MiB +", "'' is not a size"),
            ("99999999999999999999B", "is too large"),
            ("99999999TiB", "is too large: it leaves 64 bits"),
            ("18446744073709551615pages + 1page", "the size is too large: it leaves 64 bits"),
            ("[1page]", "a size like 2MiB or 1page is wanted here, not a list"),
            ("", "a size like 2MiB or 1page is wanted here, not nothing"),
        ])
    func size(_ written: String, _ sentence: String) {
        expect(sentence, in: "map: {in: c, at: 0x0, size: \(written)}")
    }

    @Test(
        "An IOVA that cannot be meant is answered with what to write",
        arguments: [
            ("4096", "'4096' is no IOVA; write 0x and at most 16 hexadecimal digits"),
            ("0x", "'0x' is no IOVA"),
            ("0x12345678123456789", "'0x12345678123456789' is no IOVA"),
            ("0x+5", "'0x' is no IOVA"),
            ("0x1000 - 4096B", "an IOVA is moved by at most 2^52 whole pages"),
            ("0x1000 - 9223372036854775809pages", "an IOVA is moved by at most 2^52 whole pages"),
            ("0x1000 - 2", "the unit is missing"),
            ("{a: b}", "an IOVA like 0x08000000 or 0x08000000 - 1page is wanted here"),
        ])
    func placement(_ written: String, _ sentence: String) {
        expect(sentence, in: "map: {in: c, at: \(written), size: 1page}")
    }

    @Test(
        "A number that cannot be meant is answered with what to write",
        arguments: [
            ("count: 0", "0 is out of bounds; write a number from 1 to 1000000"),
            ("count: -1", "a whole number without a unit is wanted here, not '-1'"),
            ("count: 1e3", "a whole number without a unit is wanted here, not '1e3'"),
            ("count: 340282366920938463463374607431768211456", "is out of bounds"),
            ("vector: 2048", "2048 is out of bounds; write a number from 0 to 2047"),
        ])
    func number(_ written: String, _ sentence: String) {
        expect(sentence, in: "ring: {device: a, \(written)}")
    }

    private func expect(_ sentence: String, in step: String) {
        let found = complaints(inSuite: suite(steps: ["open: c", step]))
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(sentence) == true, "\(found)")
    }
}
