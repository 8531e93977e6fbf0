// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A foreign program is a case")
    struct ForeignProgramTests {
        private static let head = """
            name: programs
            summary: A suite of one story
            cases:

            """

        private static func entry(_ name: String, _ rest: String) -> String {
            "  - {name: \(name), summary: One, \(rest)}\n"
        }

        /// It tells what it was given, and what vfio-pci has.
        private static let script = """
            #!/bin/sh
            echo 1..3
            [ "$1 $2" = "-v $DOORBELL_DEVICE_A" ] && echo "ok 1 words" || echo "not ok 1 words"
            [ -e "/dev/vfio/$DOORBELL_GROUP_A" ] && echo "ok 2 group" || echo "not ok 2 group"
            [ "$LESSON" = learnt ] && echo "ok 3 variable" || echo "not ok 3 variable"
            """

        private static let source = """
            #include <stdio.h>
            int main(void)
            {
                puts("KTAP version 1\\n1..2\\nok 1 built # SKIP no reason\\nok 2 ran");
                fputs("aside\\n", stderr);
                return 0;
            }
            """

        @Test("A script and a C file are brought to the board and judged, now and again later")
        func wellBehaved() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(name: "v")])
                try scene.write(Self.script, to: "words.sh")
                try scene.write(Self.source, to: "built.c")
                let device = "devices: {a: edu}, program: "
                try scene.write(
                    Self.head
                        + Self.entry(
                            "words",
                            device
                                + "{file: words.sh, arguments: [-v, {device: a}], environment: {LESSON: learnt}}"
                        ) + Self.entry("built", "program: {source: built.c}"), to: "p.yaml")
                let output = try await scene.run(scene.folder.appending("p.yaml").string)
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("programs/words: 3 ok"), "\(output.text)")
                #expect(output.text.contains("    skipped  built: no reason"), "\(output.text)")
                #expect(scene.text("junit.xml")?.contains("tests=\"7\"") == true)
                let folder = "boards/\(scene.tag)-v/cases/programs/built/"
                #expect(scene.text(folder + "program-errors.txt") == "aside\n")
                #expect(scene.text(folder + "dmesg.txt") != nil)
                let run = try #require(scene.runs.last)
                let again = try await scene.doorbell(["judge", run.string])
                #expect(again.text.contains("unchanged: all 2 cases"), "\(again.text)")
            }
        }

        /// What is wrong with each, and what is told of it; nothing of one is there for the next.
        private static let wrong: [(name: String, file: String, text: String, told: String)] = [
            (
                "dies", "dies.sh", "#!/bin/sh\necho 1..2\necho ok 1 a\nkill -SEGV $$\n",
                "dies.sh was killed by SIGSEGV"
            ),
            (
                "stays", "stays.sh",
                "#!/bin/sh\ntrap '' TERM\nsleep 1000 &\nwhile :; do sleep 1; done\n",
                "stays.sh did not end within"
            ),
            (
                "junk", "junk", "\u{7f}ELF and no more",
                "junk could not be started on the board"
            ),
            (
                "short", "short.sh", "#!/bin/sh\necho 1..2\necho ok 1 a\n",
                "not all results of short.sh are known: 1 of 2 planned tests are told"
            ),
            (
                "left", "left.sh",
                "#!/bin/sh\necho 1..1\ngrep -q STORY=stays /proc/[0-9]*/environ && echo -n 'not '\n"
                    + "echo ok 1 nothing is left\n", "programs/left: 1 ok"
            ),
            ("fails", "fails.sh", "#!/bin/sh\nexit 3\n", "observed exit status 3"),
        ]

        @Test("Whatever one does wrong, the others are run, and each fault is its own")
        func misbehaved() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(name: "v", devices: ["virtio-rng"])])
                var suite = Self.head
                for one in Self.wrong {
                    try scene.write(one.text, to: one.file)
                    let rest = "deadline: 4s, environment: {STORY: \(one.name)}"
                    suite += Self.entry(one.name, "program: {file: \(one.file), \(rest)}")
                }
                try scene.write(suite, to: "p.yaml")
                let output = try await scene.run(scene.folder.appending("p.yaml").string)
                #expect(output.status == .exited(1), "\(output.seen)")
                for one in Self.wrong {
                    #expect(output.text.contains(one.told), "\(one.name): \(output.text)")
                }
                #expect(output.text.contains("6 cases: 1 agrees, 1 differs, 4 inconclusive"))
                #expect(!output.text.contains("inconclusive (harness)"), "\(output.text)")
                #expect(!output.text.contains("inconclusive (bench)"), "\(output.text)")
            }
        }

        @Test("A program that is not there is an error of the file, before any board is touched")
        func missing() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(name: "v")])
                let suite = Self.head + Self.entry("none", "program: {file: none.sh}")
                try scene.write(suite, to: "p.yaml")
                let output = try await scene.run(scene.folder.appending("p.yaml").string)
                #expect(output.status == .exited(2), "\(output.seen)")
                #expect(output.errors.contains("p.yaml:4:48: error: there is no file 'none.sh'"))
                #expect(scene.runs.isEmpty)
            }
        }
    }
}
