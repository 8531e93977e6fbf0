// SPDX-License-Identifier: GPL-3.0-or-later

/// A program of somebody else that is a case: brought to the board, run there, and its KTAP read.
package struct ForeignProgram: Hashable, Sendable, Codable {
    /// Where it comes from.
    package enum Origin: Hashable, Sendable, Codable {
        /// An executable for the board or a script with its `#!` line, in the suite's folder.
        case file(String)
        /// One C file in the suite's folder, which is compiled for the board.
        case source(String)
        /// A C file of a kernel's own tests, from a Debian package of its source.
        case kernelSource(package: DebianPackage, file: String)
    }

    /// A word of its command line.
    package enum Argument: Hashable, Sendable, Codable {
        case text(String)
        /// The PCI address of a device of the case.
        case device(DeviceName)
        /// The number of the device's IOMMU group.
        case group(DeviceName)
    }

    package let origin: Origin
    package let arguments: [Argument]
    package let environment: [String: String]
    /// Milliseconds that it may run for.
    package let milliseconds: Int64
    /// The numbers that it states, and in which unit each.
    package let measures: [MeasureName: MeasureUnit]

    package init(
        origin: Origin, arguments: [Argument] = [], environment: [String: String] = [:],
        milliseconds: Int64 = 60_000, measures: [MeasureName: MeasureUnit] = [:]
    ) {
        self.measures = measures
        self.origin = origin
        self.arguments = arguments
        self.environment = environment
        self.milliseconds = milliseconds
    }

    /// How long it may run.
    package var patience: Duration { .milliseconds(milliseconds) }

    /// What it is called in reports: the file's name without its folders.
    package var name: String {
        let path =
            switch origin {
            case .file(let path), .source(let path), .kernelSource(_, let path): path
            }
        return path.split(separator: "/").last.map(String.init) ?? path
    }
}

extension ForeignProgram {
    private enum CodingKeys: String, CodingKey {
        case origin, arguments, environment, milliseconds, measures
    }

    /// Reads a program; those of earlier archives state no numbers.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        origin = try container.decode(Origin.self, forKey: .origin)
        arguments = try container.decode([Argument].self, forKey: .arguments)
        environment = try container.decode([String: String].self, forKey: .environment)
        milliseconds = try container.decode(Int64.self, forKey: .milliseconds)
        measures =
            try container.decodeIfPresent([MeasureName: MeasureUnit].self, forKey: .measures) ?? [:]
    }
}
