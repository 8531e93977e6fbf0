// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import PCIInventory
import SystemPackage
import Testing
import Vocabulary

/// Dumps as users bring them: whole, cut off, edited, or not dumps at all.
struct DumpTests {
    private static let oneFunction =
        "00:02.0 Mass storage controller: something\n"
        + (0..<4).map { row in
            "\(row)0:" + String(repeating: row == 0 ? " 11" : " 00", count: 16) + "\n"
        }.joined()

    private func capture(_ text: some Sequence<UInt8>) throws -> [PCIDevice] {
        try withTemporaryFolder { folder in
            try PCISnapshot.capture(from: .dump(try write(text, named: "dump", in: folder)))
        }
    }

    /// The flaw that a dump is refused for, and the line, counted from 1.
    private func flaw(of text: String) throws -> (Int, DumpLineFlaw)? {
        do {
            _ = try capture(text.utf8)
        } catch PCIInventoryError.malformedLine(_, let line, _, let flaw) {
            return (line, flaw)
        }
        return nil
    }

    @Test func aRecordedMachineIsReadWhole() throws {
        let devices = try PCISnapshot.capture(from: .dump(Fixture.path("microvm.dump")))
        #expect(devices.map(\.address.device) == [0, 1, 2, 3, 4, 5])
        #expect(
            devices.allSatisfy {
                $0.configuration.bytes.count == 4096 || $0.configuration.bytes.count == 256
            })

        let network = try #require(devices.first { $0.address.device == 3 })
        #expect(network.identity.vendor.id == PCIID(rawValue: 0x1af4))
        #expect(network.identity.vendor.name == "Red Hat, Inc.")
        #expect(network.identity.subsystem?.vendor.id == PCIID(rawValue: 0x1af4))
        #expect(network.classCode.code == PCIID(rawValue: 0x0200))
        #expect(network.revision == 1)
        #expect(network.regions.map(\.address.rawValue) == [0x40_0010_0000])
        #expect(network.regions.map(\.kind) == [.memory(.bits64, prefetchable: false)])
        #expect(network.driver == nil && network.iommuGroup == nil && network.numaNode == nil)
        let msix = try #require(network.capabilityList.msix)
        #expect(msix.isEnabled && msix.tableSize == 3 && msix.table.offset == 0x8000)
    }

    @Test func aDumpWithDetailsIsReadLikeOneWithout() throws {
        let detailed = Self.oneFunction.replacing(
            "something\n", with: "something\n\tControl: I/O-\n\t\tBAR=0 offset=8\n")
        #expect(try capture(detailed.utf8) == capture(Self.oneFunction.utf8))
    }

    @Test func lineEndsOfOtherSystemsDoNotMatter() throws {
        let returned = Self.oneFunction.replacing("\n", with: "\r\n")
        #expect(try capture(returned.utf8) == capture(Self.oneFunction.utf8))
    }

    @Test func longNamesDoNotDisturbTheLibrary() throws {
        let long = Self.oneFunction.replacing(
            "something", with: String(repeating: "long ", count: 200))
        #expect(try capture(long.utf8) == capture(Self.oneFunction.utf8))
    }

    @Test func aPipeIsReadLikeAFile() throws {
        let devices = try withTemporaryFolder { folder in
            let pipe = folder.appending("pipe")
            #expect(mkfifo(pipe.string, 0o600) == 0)
            let writer = Thread {
                try? Data(Self.oneFunction.utf8).write(to: URL(fileURLWithPath: pipe.string))
            }
            writer.start()
            return try PCISnapshot.capture(from: .dump(pipe))
        }
        #expect(try devices == capture(Self.oneFunction.utf8))
    }

    @Test(arguments: [
        ("80000000: 00\n", DumpLineFlaw.beyondConfigurationSpace),
        ("ffffffff: 00\n", .beyondConfigurationSpace), ("1000: 00\n", .beyondConfigurationSpace),
        ("ff8: 00 00 00 00 00 00 00 00 00\n", .beyondConfigurationSpace),
        ("40: 0\n", .badBytes), ("40: 00 1\n", .badBytes), ("40: 00  11\n", .badBytes),
        ("40: 0g\n", .badBytes), ("40: \n", .badBytes),
        ("40: 00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00\n", .badBytes),
        ("00:02.0 again\n", .duplicateFunction), ("00:20.0 x\n", .impossibleAddress),
        ("00:02.8 x\n", .impossibleAddress), ("hello\n", .notLspci), ("\u{0}\u{0}\n", .notLspci),
        ("00:02.0\n", .notLspci), ("\n40: 00\n", .bytesBeforeFunction),
    ])
    func aLineThatLspciDoesNotWriteIsRefusedByNumber(line: String, flaw: DumpLineFlaw) throws {
        let found = try #require(try self.flaw(of: Self.oneFunction + line))
        #expect(found.1 == flaw)
        #expect(found.0 == (line.hasPrefix("\n") ? 7 : 6))
    }

    @Test func aRefusalShowsFileLineAndText() throws {
        try withTemporaryFolder { folder in
            let file = try write("hello world\n".utf8, named: "x", in: folder)
            let error = #expect(throws: PCIInventoryError.self) {
                try PCISnapshot.capture(from: .dump(file))
            }
            #expect(error?.description.hasPrefix("\(file):1 could not be read") == true)
            #expect(error?.description.contains("'hello world'") == true)
            #expect(error?.kind == .suite)
        }
    }

    @Test func everyTruncationIsAnErrorOrAWholeNumberOfFunctions() throws {
        let whole = try Fixture.bytes("microvm.dump")
        let all = try PCISnapshot.capture(from: .dump(Fixture.path("microvm.dump")))
        var goodCuts = 0
        for cut in Array(stride(from: 0, to: whole.count, by: 97)) + [whole.count - 1] {
            do {
                let devices = try capture(whole[..<cut])
                goodCuts += 1
                #expect(devices.map(\.address) == all.prefix(devices.count).map(\.address))
            } catch is PCIInventoryError {}
        }
        #expect(goodCuts > 0)
    }

    @Test func garbageIsRefusedAndTheProcessLives() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<200 {
            let size = Int.random(in: 0...5000, using: &random)
            let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(throws: PCIInventoryError.self) { try capture(noise) }
        }
    }

    @Test func aDumpWithFlippedBytesNeverEndsTheProcess() throws {
        let whole = try Fixture.bytes("microvm.dump")
        var random = SplitMix(seed: 2)
        let alphabet = Array("0123456789abcdef :.\n\tx".utf8)
        for _ in 0..<100 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = alphabet.randomElement(using: &random) ?? 0
            }
            do {
                let devices = try capture(bytes)
                draw(devices)
            } catch is PCIInventoryError {}
        }
    }

    /// Everything that can be shown of devices, whatever they claim, keeps every one of them.
    private func draw(_ devices: [PCIDevice]) {
        let tree = BusTree(of: devices, showsNames: false).lines
        let slots = tree.reduce(0) { $0 + $1.matches(of: /[0-9a-f]{2}\.[0-7]/).count }
        #expect(slots == devices.count)
        let listing = VerboseListing(of: devices)
        #expect(devices.allSatisfy { !listing.lines($0).isEmpty })
    }

    @Test func missingFilesAndFoldersAreErrorsOfTheirOwn() throws {
        try withTemporaryFolder { folder in
            #expect(throws: PCIInventoryError.unreadable(folder, .isDirectory)) {
                try PCISnapshot.capture(from: .dump(folder))
            }
            let absent = folder.appending("absent")
            #expect(throws: PCIInventoryError.unreadable(absent, .noSuchFileOrDirectory)) {
                try PCISnapshot.capture(from: .dump(absent))
            }
            let empty = try write([], named: "empty", in: folder)
            #expect(throws: PCIInventoryError.noFunctions(empty)) {
                try PCISnapshot.capture(from: .dump(empty))
            }
        }
    }

    @Test func nothingStaysOpenAfterManyCaptures() throws {
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        for _ in 0..<50 {
            _ = try PCISnapshot.capture(from: .dump(Fixture.path("microvm.dump")))
            _ = try? capture("hello\n".utf8)
        }
        let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        #expect(after < before + 40)
    }
}
