// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import SystemPackage

/// How values stand in the archive's files: keys sorted, slashes as they are.
enum JSONForm {
    /// Writes a value over several lines, for people and for `diff`.
    static func file(_ value: some Encodable, for path: FilePath) throws(ArchiveError) -> [UInt8] {
        try encode(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes], path)
    }

    /// Writes a value on one line.
    static func line(_ value: some Encodable, for path: FilePath) throws(ArchiveError) -> [UInt8] {
        try encode(value, [.sortedKeys, .withoutEscapingSlashes], path)
    }

    static func value<Value: Decodable>(
        _ type: Value.Type = Value.self, in bytes: [UInt8], of path: FilePath
    ) throws(ArchiveError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw .damaged(path: path.string, cause: explanation(of: error))
        }
    }

    private static func encode(
        _ value: some Encodable, _ format: JSONEncoder.OutputFormatting, _ path: FilePath
    ) throws(ArchiveError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = format
        return try Disk.on(path, to: "be written") {
            Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
        }
    }

    private static func explanation(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "'\(key.stringValue)' is missing\(place(context))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            return context.debugDescription + place(context)
        @unknown default: return "\(error)"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "" : " in \(path)"
    }
}
