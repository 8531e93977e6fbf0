// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Vocabulary

/// The root of the repository, found from this file.
let repository = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().removingLastComponent()

/// What is wrong in a file, one line for each complaint.
func complaints<Result>(
    _ read: (SourceText) throws(LanguageError) -> Result, in text: String, file: String = "x.yaml"
) -> [String] {
    do throws(LanguageError) {
        _ = try read(try SourceText(file: file, text: text))
        return []
    } catch {
        return error.description.split(separator: "\n").map(String.init)
    }
}

func complaints(inSuite text: String) -> [String] { complaints(Suite.init(_:), in: text) }
func complaints(inLab text: String) -> [String] { complaints(Lab.init(_:), in: text) }
func complaints(inKernel text: String) -> [String] { complaints(KernelRecipe.init(_:), in: text) }

/// A suite with one case, whose steps begin on line 8.
func suite(
    steps: [String], devices: String = "{a: edu, n: nvme, x: {id: \"8086:1533\"}}"
) -> String {
    let head = """
        name: s
        summary: A suite
        cases:
          - name: c
            summary: A case
            devices: \(devices)
            steps:
        """
    return ([head] + steps.map { "      - \($0)" }).joined(separator: "\n")
}

/// The blocks of a Markdown text that are marked as YAML.
func yamlBlocks(in markdown: String) -> [String] {
    markdown.split(separator: "```yaml\n", omittingEmptySubsequences: false).dropFirst().map {
        String($0.prefix(upTo: $0.firstRange(of: "```")?.lowerBound ?? $0.endIndex))
    }
}

extension FilePath {
    func appending(path: String) -> FilePath { appending(FilePath(path).components) }
}
