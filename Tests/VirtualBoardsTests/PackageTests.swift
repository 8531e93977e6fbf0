// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

@Suite("Debian's packages")
struct PackageTests {
    /// Some of what `apt-cache pkgnames linux-image-6` gave.
    private static let published = [
        "linux-image-6.1.0-9-arm64", "linux-image-6.1.0-56-arm64", "linux-image-6.1.0-55-arm64",
        "linux-image-6.1.0-56-rt-arm64", "linux-image-6.1.0-57-cloud-arm64",
        "linux-image-6.1.0-56-arm64-unsigned", "linux-image-6.1.0-56-arm64-dbg",
        "linux-image-6.12-arm64", "linux-image-6.12.100+deb12-arm64",
        "linux-image-6.12.117+deb12-arm64", "linux-image-6.12.117+deb12-arm64-16k",
        "linux-image-6.12.99+deb12-arm64", "linux-image-6.12.118+deb12-rt-arm64",
        "linux-image-6.12-arm64-signed-template",
    ]

    @Test(
        "have a newest kernel of each series, by number and not by letter",
        arguments: [
            ("linux-image-6.1.0-*-arm64", "linux-image-6.1.0-56-arm64"),
            ("linux-image-6.12.*+deb12-arm64", "linux-image-6.12.117+deb12-arm64"),
            ("linux-image-6.12.*+deb12-arm64-16k", "linux-image-6.12.117+deb12-arm64-16k"),
            ("linux-image-6.13.*-arm64", nil),
        ])
    func newest(pattern: String, expected: String?) throws {
        let package = try #require(DebianPackage(pattern: pattern))
        #expect(package.newest(among: Self.published) == expected)
    }

    @Test("are named by apt with file and hash")
    func uris() throws {
        let line =
            "'http://archive.example/debian/pool/main/b/busybox/busybox-static_1.35.0-4%2bdeb12u1%2bb1_arm64.deb' busybox-static_1%3a1.35.0-4+deb12u1+b1_arm64.deb 822236 SHA256:00ff"
        let file = try #require(PackageFile(line: line))
        #expect(file.name == "busybox-static_1%3a1.35.0-4+deb12u1+b1_arm64.deb")
        #expect(file.package == "busybox-static")
        #expect(file.hash == "SHA256:00ff")
        for other in ["Reading package lists...", "", "' '", "'a' b 1 SHA256:0"] {
            #expect(PackageFile(line: other) == nil)
        }
    }

    @Test("come from the machine's own Debian archives, and from no others")
    func sources() {
        var sources = DebianSources()
        sources.add(
            stanzas: """
                Types: deb
                # http://snapshot.debian.org/archive/debian/20250520T000000Z
                URIs: http://archive.example/debian
                Suites: bookworm bookworm-updates
                Components: main contrib
                Architectures: amd64
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: https://deb.nodesource.com/node_20.x
                Suites: nodistro
                Components: main

                Types: deb-src
                URIs: http://archive.example/debian
                Suites: bookworm
                Components: main

                Enabled: no
                Types: deb
                URIs: http://old.example/debian
                Suites: bookworm
                Components: main
                """)
        #expect(
            sources.text == """
                Types: deb
                URIs: http://archive.example/debian
                Suites: bookworm bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                """)
    }

    @Test("come from one-line entries too")
    func oneLine() {
        var sources = DebianSources()
        sources.add(
            list: """
                # deb http://archive.example/debian bookworm main
                deb [arch=amd64 signed-by=/etc/k.gpg] http://mirror.example/debian bookworm main # ours
                deb-src http://mirror.example/debian bookworm main
                deb https://download.docker.com/linux/debian bookworm stable
                deb https://packages.cloud.google.com/apt cloud-sdk-bookworm main
                deb http://security.example/debian-security bookworm-security main
                deb http://broken.example/debian
                deb [ unfinished
                """)
        #expect(
            sources.entries == [
                .init(
                    address: "http://mirror.example/debian", suites: ["bookworm"],
                    signedBy: "/etc/k.gpg"),
                .init(
                    address: "http://security.example/debian-security",
                    suites: ["bookworm-security"], signedBy: nil),
            ])
    }

    @Test("are fetched through the machine's proxy, with none of its hooks")
    func configuration() {
        let text = AptConfiguration(
            folder: "/cache/apt",
            inherited: """
                Acquire::http::Proxy "http://proxy.example:3128/";
                APT::Update::Post-Invoke:: "rm -rf /";
                DPkg::Post-Invoke:: "rm -rf /";
                """
        ).text
        #expect(text.contains("Acquire::http::Proxy \"http://proxy.example:3128/\";\n"))
        #expect(!text.contains("Post-Invoke"))
        #expect(text.contains("Dir::State::status \"/cache/apt/state/status\";"))
    }

    @Test("are kept where the user says")
    func cache() {
        #expect(
            BoardCache(environment: ["DOORBELL_CACHE": "/c", "HOME": "/h"]).root == "/c")
        #expect(
            BoardCache(environment: ["XDG_CACHE_HOME": "/x", "HOME": "/h"]).root == "/x/doorbell")
        #expect(
            BoardCache(environment: ["DOORBELL_CACHE": "", "HOME": "/h"]).root
                == "/h/.cache/doorbell")
    }
}
