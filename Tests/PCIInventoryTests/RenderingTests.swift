// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import PCIInventory
import SystemPackage
import Testing

/// What we print, beside what lspci prints of the same dump.
struct RenderingTests {
    @Test(arguments: try Fixture.dumps())
    func theListIsLspcisListByteForByte(dump: FilePath) throws {
        let devices = try PCISnapshot.capture(from: .dump(dump))
        let ours = devices.map(TerseListing(of: devices).line)
        #expect(try ours == lines(of: "lspci", ["-F", dump.string]))
        let withDomain = devices.map(TerseListing(showsDomain: true).line)
        #expect(try withDomain == lines(of: "lspci", ["-D", "-F", dump.string]))
    }

    @Test(arguments: try Fixture.dumps())
    func theTreeIsLspcisTreeByteForByte(dump: FilePath) throws {
        let devices = try PCISnapshot.capture(from: .dump(dump))
        let plain = BusTree(of: devices, showsNames: false).lines
        #expect(try plain == lines(of: "lspci", ["-t", "-F", dump.string]))
        let named = BusTree(of: devices, showsNames: true).lines
        #expect(try named == lines(of: "lspci", ["-tv", "-F", dump.string]))
    }

    @Test func thisMachineIsListedAsLspciListsIt() throws {
        let devices = try PCISnapshot.capture(from: .thisMachine)
        #expect(try devices.map(TerseListing(of: devices).line) == lines(of: "lspci", []))
        let tree = BusTree(of: devices, showsNames: true).lines
        #expect(try tree == lines(of: "lspci", ["-tv"]))
    }

    @Test(arguments: try Fixture.dumps())
    func everyLineAboutInterruptsRegionsAndWindowsIsOneOfLspcis(dump: FilePath) throws {
        let devices = try PCISnapshot.capture(from: .dump(dump))
        let listing = VerboseListing(of: devices)
        let ours = devices.flatMap(listing.lines)
        let theirs = try Set(lines(of: "lspci", ["-vv", "-F", dump.string]))
        let compared = ours.filter { line in
            [
                "\t\tAddress", "\t\tMasking", "\t\tVector", "\t\tPBA", "MSI", "Region", "ROM",
                "behind", "\tSubsystem: ", "\t\tACS", "Initial VFs",
            ].contains(where: line.contains) || line.first?.isHexDigit == true
        }
        #expect(!compared.isEmpty)
        #expect(compared.filter { !theirs.contains($0) } == [])
    }

    @Test(arguments: try Fixture.dumps())
    func everyLineOfLspcisAboutInterruptsIsOneOfOurs(dump: FilePath) throws {
        let devices = try PCISnapshot.capture(from: .dump(dump))
        let ours = Set(devices.flatMap(VerboseListing(of: devices).lines))
        let theirs = try lines(of: "lspci", ["-vv", "-F", dump.string])
        let interrupts = theirs.filter { line in
            ["MSI: ", "MSI-X: ", "Vector table: ", "PBA: ", "Data: "].contains(where: line.contains)
        }
        #expect(interrupts.filter { !ours.contains($0) } == [])
    }

    @Test(arguments: try Fixture.dumps())
    func jsonBringsBackEveryDevice(dump: FilePath) throws {
        let devices = try PCISnapshot.capture(from: .dump(dump))
        #expect(try JSONListing.devices(JSONListing.data(devices)) == devices)
    }

    @Test func theNamesInJSONAreStable() throws {
        let devices = try PCISnapshot.capture(from: .dump(Fixture.path("microvm.dump")))
        let parsed = try JSONSerialization.jsonObject(with: JSONListing.data(devices))
        let device = try #require((parsed as? [[String: Any]])?.last)
        #expect(
            device.keys.sorted() == [
                "address", "capabilities", "class", "config", "ids", "interruptLine", "notes",
                "regions", "revision",
            ])
        let capabilities = try #require(device["capabilities"] as? [[String: Any]])
        let msix = try #require(capabilities.last?["msix"] as? [String: Any])
        #expect(msix.keys.sorted() == ["enabled", "masked", "pendingBits", "table", "tableSize"])
    }
}
