// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing
import Vocabulary

@Suite("A number that somebody measured")
struct MeasuredTests {
    @Test(
        "is read with its unit, and told in the one that suits it",
        arguments: [
            ("7", "7"), ("-7", "-7"), ("0.5", "0.5"), ("512MB/s", "512 MB/s"),
            ("512 MB/s", "512 MB/s"), ("250us", "250 µs"), ("250 µs", "250 µs"),
            ("84499ns", "84.499 µs"), ("999 ns", "999 ns"), ("1200us", "1.2 ms"),
            ("90s", "90 s"), ("1.5ms", "1.5 ms"), ("3%", "3 %"),
        ])
    func read(_ text: String, _ told: String) throws {
        let value = try #require(Measured(text))
        #expect("\(value)" == told)
        #expect(Measured(told) == value)
        let kept = try JSONDecoder().decode(Measured.self, from: JSONEncoder().encode(value))
        #expect(kept == value)
    }

    @Test(
        "is no other text",
        arguments: ["", " ", "us", "-", ".", "1.2.3", "1-2", "five", "5 M B", "5 a\u{1b}[31m"])
    func refused(_ text: String) { #expect(Measured(text) == nil) }

    @Test("Times compare in whatever unit they are told, and a threshold that is met is kept")
    func threshold() throws {
        let name = try #require(Measure(archived: "latency-p99"))
        #expect(name == .latency(.percentile99))
        let limit = MeasureThreshold(name, .above, try #require(Measured("1ms")))
        #expect("\(limit)" == "latency-p99 above 1 ms")
        #expect(!limit.isPassed(by: try #require(Measured("1000us"))))
        #expect(limit.isPassed(by: try #require(Measured("1001us"))))
        let floor = MeasureThreshold(name, .below, try #require(Measured("1ms")))
        #expect(floor.isPassed(by: try #require(Measured("999us"))))
    }
}
