// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import FoundationXML
import Reports
import ResultArchive
import Testing

@Suite("The report for CI servers")
struct JUnitReportTests {
    @Test("A wrong kernel is a failure, a bench that could not say an error")
    func golden() throws {
        try expectGolden(JUnitReport.render(try Sample().report()), "junit.xml")
    }

    @Test("An XML reader takes it, and finds the counts that are stated")
    func wellFormed() throws {
        let found = try elements(of: JUnitReport.render(try Sample().report()))
        #expect(found.count { $0.name == "testcase" } == 4)
        #expect(found.count { $0.name == "failure" } == 1)
        #expect(found.count { $0.name == "error" } == 1)
        let root = try #require(found.first { $0.name == "testsuites" })
        #expect(root.attributes["tests"] == "4" && root.attributes["failures"] == "1")
        #expect(root.attributes["errors"] == "1" && root.attributes["time"] == "190.000")
        let suites = found.filter { $0.name == "testsuite" }
        #expect(suites.map { $0.attributes["name"] } == ["virt-v2m.smoke", "virt-its.smoke"])
        #expect(suites.map { $0.attributes["timestamp"] ?? "" }.allSatisfy { $0.count == 19 })
    }

    @Test("Whatever a board prints, the report stays XML")
    func hostile() throws {
        let everything = String(
            String.UnicodeScalarView((0..<0x3000).compactMap(Unicode.Scalar.init)))
        let sample = try Sample()
        for text in [everything, "]]>", "<!--", "&#0;", "\u{fffe}\u{ffff}", "\u{1f514}"] {
            var report = try sample.report()
            report.run = text
            report.cases[0].kernel?.release = text
            let found = try elements(of: JUnitReport.render(report))
            let values = found.filter { $0.attributes["name"] == "run" }
            #expect(values.count == 2)
            #expect(values.first?.attributes["value"]?.isEmpty == false)
        }
    }

    private struct Element {
        let name: String
        let attributes: [String: String]
    }

    private final class Collector: NSObject, XMLParserDelegate {
        var elements: [Element] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            elements.append(Element(name: name, attributes: attributes))
        }
    }

    private func elements(of xml: String) throws -> [Element] {
        let parser = XMLParser(data: Data(xml.utf8))
        let collector = Collector()
        parser.delegate = collector
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
        return collector.elements
    }
}
