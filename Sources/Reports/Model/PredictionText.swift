// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
import Vocabulary

/// Tells what must be seen of a case, a step after the other.
package enum PredictionText {
    /// Renders a prediction, each line with its line end.
    package static func render(_ prediction: CasePrediction, ink: Ink) -> String {
        (head(prediction, ink) + [""] + steps(prediction, ink)).map { $0 + "\n" }.joined()
    }

    private static func head(_ found: CasePrediction, _ ink: Ink) -> [String] {
        let choice = found.expectation.choice
        let allowed = found.unsafeInterruptsAllowed ? "allowed" : "not allowed"
        return [
            ink.bold("\(found.board) \(found.suite)/\(found.name)")
        ] + safe(found.summary).wrapped(at: 76).map { "    \($0)" } + [
            "    kernel \(found.kernel), pages of \(found.pageSize), "
                + "aperture \(found.aperture)",
            "    generation \(choice.generation.rawValue): \(safe(choice.reason))",
            "    unsafe interrupts are \(allowed)",
        ] + devices(found)
    }

    private static func devices(_ found: CasePrediction) -> [String] {
        found.devices.sorted { $0.key < $1.key }.flatMap { name, address in
            let regions = found.expectation.reservedRegions.map { $0[address] ?? [] }
            let told = regions.map {
                $0.isEmpty ? "reserved_regions is empty" : "reserved_regions:"
            }
            return ["    \(name) is \(address); \(told ?? "there is no reserved_regions file")"]
                + (regions ?? []).map { "        \($0)" }
        }
    }

    private static func steps(_ found: CasePrediction, _ ink: Ink) -> [String] {
        let names = found.expectation.steps.map { "step \($0.index): \($0.step)" }
        let width = names.map(\.count).max() ?? 0
        return zip(names, found.expectation.steps).flatMap { name, step in
            let gap = String(repeating: " ", count: width - name.count)
            let refused = step.outcome != .succeeds
            let outcome = refused ? ink.bold(safe(step.outcome.description)) : "succeeds"
            return ["\(name)\(gap)  \(outcome)"] + StepLines.all(of: step).map { "    \($0)" }
        }
    }
}

extension String {
    /// The text in lines of at most so many characters, where its words allow.
    fileprivate func wrapped(at width: Int) -> [String] {
        split(separator: " ").reduce(into: [String]()) { lines, word in
            guard let line = lines.last, line.count + 1 + word.count <= width else {
                return lines.append(String(word))
            }
            lines[lines.count - 1] = line + " " + word
        }
    }
}
