// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

// The house: targets are storeys, and imports run downwards only. README.md has the picture.

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For the doors to C: every line that leaves memory safety carries the word `unsafe`.
let strictDoor: [SwiftSetting] = strict + [.strictMemorySafety()]

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let signals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")

func storey(_ name: String, _ dependencies: [Target.Dependency], door: Bool = false) -> Target {
    .target(
        name: name, dependencies: dependencies, swiftSettings: door ? strictDoor : strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies,
        exclude: fixtures ? ["Fixtures"] : [], swiftSettings: strict)
}

let package = Package(
    name: "doorbell",
    products: [.executable(name: "doorbell", targets: ["DoorbellCommand"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(
            url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // C: module maps, and the few guarded calls that Swift cannot make safely.
        .systemLibrary(
            name: "CLibPCI", pkgConfig: "libpci", providers: [.apt(["libpci-dev"])]),
        .target(name: "CLibPCIGuard", dependencies: ["CLibPCI"]),
        .systemLibrary(name: "CDisk"),
        .systemLibrary(
            name: "CLibSSH", pkgConfig: "libssh", providers: [.apt(["libssh-dev"])]),

        // Storey 0: words, and time.
        storey("Vocabulary", []),
        storey("AgentProtocol", ["Vocabulary"]),
        // How devices are made to ring: part of the agent, and compiled here for its tests.
        .target(
            name: "Stimuli", dependencies: ["Vocabulary", "AgentProtocol"],
            path: "Sources/BoardAgent/Stimuli", swiftSettings: strict),
        storey("Scheduling", ["Vocabulary", system, subprocess, logging]),

        // Storey 1, pure: nothing outside is touched.
        storey("Evidence", ["Vocabulary"]),
        storey("ReferenceModel", ["Vocabulary"]),
        storey("Judgement", ["Vocabulary", "Evidence", "ReferenceModel"]),
        storey("SimulatedBoard", ["Vocabulary", "Evidence"]),
        storey("Bisection", ["Vocabulary"]),

        // Storey 1, doors: one outside thing each.
        storey("PCIInventory", ["Vocabulary", "CLibPCI", "CLibPCIGuard", system], door: true),
        storey(
            "SecureShell", ["Vocabulary", "Scheduling", "CLibSSH", system, crypto, logging],
            door: true),
        storey(
            "VirtualBoards",
            ["Vocabulary", "Scheduling", "Evidence", system, subprocess, crypto, logging]),
        storey("KernelTree", ["Vocabulary", "Scheduling", system, crypto]),
        storey(
            "ResultArchive",
            [
                "Vocabulary", "Evidence", "ReferenceModel", "Judgement", "Bisection", "CDisk",
                system,
                crypto,
            ]),

        // Storey 2: a board, what is done to it, and what it shows.
        storey(
            "Boards",
            [
                "Vocabulary", "Scheduling", "AgentProtocol", "PCIInventory", "SecureShell",
                "VirtualBoards", "Evidence", system, subprocess, crypto, logging,
            ]),
        storey("Passthrough", ["Vocabulary", "Scheduling", "Evidence", "Boards", "PCIInventory"]),

        // Storey 3: campaigns, and what is told of them.
        storey(
            "Campaigns",
            [
                "Vocabulary", "Scheduling", "Evidence", "ReferenceModel", "Judgement", "Bisection",
                "Boards", "Passthrough", "PCIInventory", "ResultArchive", "VirtualBoards",
                "AgentProtocol", "SecureShell", "KernelTree", yams, system, logging,
            ]),
        storey(
            "Reports",
            [
                "Vocabulary", "Evidence", "ReferenceModel", "Judgement", "Bisection",
                "ResultArchive",
                "PCIInventory",
            ]),

        .executableTarget(
            name: "DoorbellCommand",
            dependencies: [
                "Vocabulary", "Scheduling", "Evidence", "ReferenceModel", "Judgement",
                "PCIInventory", "SecureShell", "VirtualBoards", "ResultArchive", "Boards",
                "Passthrough", "Campaigns", "Reports", "AgentProtocol", "KernelTree", "Bisection",
                arguments, system, subprocess, logging, signals,
            ],
            // Programs in other languages, which the benchmarks build and run beside ours.
            exclude: ["Bench/Peer"],
            swiftSettings: strict),

        // Tests: a folder for each target, then the tiers that need something real.
        .target(
            name: "BenchServices", dependencies: ["Scheduling", subprocess, system],
            path: "Tests/BenchServices", swiftSettings: strict),
        tests("StyleTests", []),
        tests("VocabularyTests", ["Vocabulary"]),
        tests("SchedulingTests", ["Scheduling", subprocess]),
        tests("AgentProtocolTests", ["AgentProtocol"]),
        tests("StimuliTests", ["Stimuli", "AgentProtocol", "Vocabulary"]),
        tests("EvidenceTests", ["Evidence", "Vocabulary"], fixtures: true),
        tests("ReferenceModelTests", ["ReferenceModel", "Vocabulary"]),
        tests(
            "JudgementTests",
            ["Judgement", "SimulatedBoard", "Evidence", "ReferenceModel", "Vocabulary"]),
        tests(
            "SimulatedBoardTests",
            ["SimulatedBoard", "Judgement", "ReferenceModel", "Evidence", "Vocabulary"]),
        tests("BisectionTests", ["Bisection", "Vocabulary"]),
        tests("PCIInventoryTests", ["PCIInventory", "Vocabulary", system], fixtures: true),
        tests("KernelTreeTests", ["KernelTree", "Vocabulary", system]),
        tests(
            "VirtualBoardsTests",
            ["VirtualBoards", "Vocabulary", "Scheduling", "Evidence", system]),
        tests(
            "ResultArchiveTests", ["ResultArchive", "Evidence", "Vocabulary", "Judgement", system]),
        tests(
            "BoardsTests",
            [
                "Boards", "Vocabulary", "Scheduling", "AgentProtocol", "SecureShell",
                "PCIInventory", "VirtualBoards", system,
            ]),
        tests("PassthroughTests", ["Passthrough", "Vocabulary", "Boards"]),
        tests(
            "CampaignsTests",
            [
                "Campaigns", "Vocabulary", "Boards", "PCIInventory", "ResultArchive", "Evidence",
                "ReferenceModel", "Judgement", "Bisection", "Reports", "KernelTree",
                "VirtualBoards", system,
            ], fixtures: true),
        tests(
            "ReportsTests",
            [
                "Reports", "Vocabulary", "Evidence", "ReferenceModel", "Judgement", "Bisection",
                "ResultArchive", system,
            ], fixtures: true),
        tests("DoorbellCommandTests", ["DoorbellCommand", "Vocabulary", system]),
        tests(
            "LoopbackTests",
            [
                "SecureShell", "Boards", "AgentProtocol", "Scheduling", "Vocabulary", "KernelTree",
                "Campaigns", "VirtualBoards", "Evidence", "BenchServices", subprocess, system,
            ]),
        tests(
            "VirtualBoardTests",
            [
                "VirtualBoards", "Scheduling", "Vocabulary", "AgentProtocol", "BenchServices",
                subprocess, system,
            ]),
    ]
)
