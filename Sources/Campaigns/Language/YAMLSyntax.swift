// SPDX-License-Identifier: GPL-3.0-or-later

import Yams

/// Turns what the YAML library complains of into a `LanguageError` with a place.
enum YAMLSyntax {
    static func languageError(file: String, for error: any Error) -> LanguageError {
        guard let error = error as? YamlError else {
            return LanguageError(file: file, "not YAML: \(error)")
        }
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let where_ = context.map { " \(trimmed($0.text))" } ?? ""
            return LanguageError(
                file: file, at: SourcePosition(mark), "not YAML: \(problem)\(where_)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            return LanguageError(
                file: file, at: SourcePosition(context.mark),
                "key \(keys) stands more than once in this mapping; keep one")
        case .reader(let problem, let offset, _, let yaml):
            let place = offset.map { position(ofCharacter: $0, in: yaml) }
            return LanguageError(file: file, at: place, "not YAML: \(problem)")
        case .memory:
            return LanguageError(file: file, "not read: nested too deeply")
        default:
            return LanguageError(file: file, "not YAML: \(error)")
        }
    }

    private static func trimmed(_ context: String) -> String {
        String(context.prefix { $0 != "\n" })
    }

    private static func position(ofCharacter offset: Int, in text: String) -> SourcePosition {
        let before = text.prefix(offset)
        let line = before.count { $0.isNewline } + 1
        let lastLine = before.split(omittingEmptySubsequences: false) { $0.isNewline }.last ?? ""
        return SourcePosition(line: line, column: lastLine.unicodeScalars.count + 1)
    }
}

extension SourcePosition {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
