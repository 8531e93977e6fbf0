// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("What a bisection may look for")
    struct BisectSymptomTests {
        private static func suite(_ name: String, _ more: String = "") -> String {
            """
            name: \(name)
            summary: A suite of one story
            cases:
              - {name: \(name), summary: One, program: {file: \(name).sh\(more)}}
            """
        }

        private static let kernels = ["kernels", "small-6.1", "small-6.12"]

        private func write(_ name: String, _ script: String, _ more: String = "", to scene: Scene)
            throws
        {
            try scene.write([SceneBoard(devices: ["edu", "virtio-rng"])])
            try scene.write("#!/bin/sh\n" + script, to: name + ".sh")
            try scene.write(Self.suite(name, more), to: name + ".yaml")
        }

        private static let told = """
            minor=$(uname -r | cut -d . -f 2)
            echo "# nap: $minor.5 us"
            echo 1..2
            echo "ok 1 told"
            [ $minor -lt 12 ] && echo "ok 2 old" || echo "not ok 2 old"
            """

        @Test("A number past a threshold, whatever fails beside it, or what another run has found")
        func chosen() async throws {
            try await Scene.with { scene in
                try write("told", Self.told, ", measures: {nap: us}", to: scene)
                let words = Self.kernels + scene.bisectWords("told.yaml")
                let output = try await scene.bisect(words + ["--measure", "nap", "--above", "9us"])
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("the culprit is small-6.12"), "\(output.seen)")
                let sides = "measured: nap good 1.5 µs, bad 12.5 µs; bad is above 9 µs"
                #expect(output.text.contains(sides), "\(output.seen)")
                #expect(output.errors.contains("small-6.12 is bad: nap 12.5 µs in"))
                let again = ["--results", scene.folder.string]
                let status = try await scene.bisect(["status"] + again)
                #expect(status.text.contains(sides), "\(status.seen)")
                let json = try await scene.bisect(["report", "--format", "json"] + again)
                #expect(json.text.contains("\"amount\" : 12500"), "\(json.seen)")
                let bad = try #require(output.text.firstMatch(of: /small-6\.12 .* (\S+)\n/)).1
                let runs = scene.folder.appending("Runs").appending(String(bad))
                let like = try await scene.bisect(words + ["--like", runs.string])
                #expect(like.status == .exited(0), "\(like.seen)")
                #expect(like.text.contains("the culprit is small-6.12"), "\(like.seen)")
                #expect(like.errors.contains("looking for FOREIGN-01"), "\(like.seen)")
            }
        }

        @Test("An interrupt that takes longer than any can, as git bisect run is told of it")
        func latency() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(devices: ["edu", "virtio-rng"])])
                let steps = ["attach: {device: a, to: c}", "arm: {device: a, kind: msi}"]
                try scene.write(
                    SceneSuite.suite(
                        "ringing", devices: "{a: edu}", steps: steps + ["traffic: {count: 50}"]),
                    to: "ringing.yaml")
                let output = try await scene.run(
                    scene.folder.appending("ringing.yaml").string, "--kernel", "small-6.1",
                    "--bisect-exit", "--measure", "latency-max", "--above", "1ns")
                #expect(output.status == .exited(1), "\(output.seen)")
                #expect(output.text.contains("1 case: 1 agrees"), "\(output.seen)")
            }
        }

        /// In three of four boots of 6.12, as the boot's own random number has it.
        private static let now = """
            echo 1..1
            case $(uname -r | cut -d . -f 2)-$(cat /proc/sys/kernel/random/boot_id) in
            12-[0-9ab]*) echo "not ok 1 steady" ;;
            *) echo "ok 1 steady" ;;
            esac
            """

        @Test("A symptom that shows in some boots is booted again until it is sure")
        func flaky() async throws {
            try await Scene.with { scene in
                try write("now", Self.now, to: scene)
                let output = try await scene.bisect(
                    Self.kernels + scene.bisectWords("now.yaml") + ["--flaky", "--shows", "0.75"]
                        + ["--confidence", "0.999"])
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("the culprit is small-6.12"), "\(output.seen)")
                #expect(output.text.contains("confidence 99.9 %: "), "\(output.seen)")
                #expect(scene.answered.count > Set(scene.answered).count, "\(output.seen)")
            }
        }
    }
}
