// SPDX-License-Identifier: GPL-3.0-or-later

import SecureShell
import Vocabulary

extension BoardFiles {
    /// Does one thing after the other, a round trip for each.
    package func carryOut(_ errands: [FileErrand]) async throws -> [FileReport] {
        var reports: [FileReport] = []
        for errand in errands {
            do {
                reports.append(FileReport(.success(try await outcome(of: errand))))
            } catch let error as BoardFileError {
                reports.append(FileReport(.failure(error)))
            }
        }
        return reports
    }

    /// Does one thing after the other, a round trip for each; the chain's first failure ends it.
    package func carryOut(
        chain: [FileErrand], then others: [FileErrand]
    ) async throws -> [FileReport] {
        for link in chain { _ = try await outcome(of: link) }
        return try await carryOut(others)
    }

    private func outcome(of errand: FileErrand) async throws -> FileReport.Outcome {
        switch errand {
        case .read(let path, let limit):
            return .bytes(try await contents(of: path, limit: limit))
        case .readStart(let path, let count):
            let all = try await contents(of: path, limit: .mebibytes(64))
            return .bytes(Array(all.prefix(Int(count))))
        case .write(let text, let path): try await write(text, to: path)
        case .create(let path, let text): try await create(path, holding: text)
        case .remove(let path): try await remove(path)
        case .makeDirectory(let path): try await makeDirectory(path)
        case .list(let path): return .names(try await entries(of: path))
        case .readLink(let path): return .names([try await target(ofLink: path)])
        }
        return .names([])
    }
}
