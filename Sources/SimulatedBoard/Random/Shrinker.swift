// SPDX-License-Identifier: GPL-3.0-or-later
package import Vocabulary

/// Makes a failing list of steps short (Zeller and Hildebrandt's delta debugging).
package enum Shrinker {
    /// Takes out steps as long as what is left still fails; what comes out fails, and no single step
    /// of it can be spared.
    package static func shrink(_ steps: [Step], fails: ([Step]) throws -> Bool) rethrows -> [Step] {
        var steps = steps
        var pieces = 2
        while steps.count >= 2 {
            let size = max(1, (steps.count + pieces - 1) / pieces)
            if let shorter = try without(one: size, of: steps, fails) {
                steps = shorter
                pieces = max(2, pieces - 1)
            } else if size == 1 {
                return steps
            } else {
                pieces = min(steps.count, 2 * pieces)
            }
        }
        return steps
    }

    private static func without(
        one size: Int, of steps: [Step], _ fails: ([Step]) throws -> Bool
    ) rethrows -> [Step]? {
        for start in stride(from: 0, to: steps.count, by: size) {
            let end = min(start + size, steps.count)
            let rest = Array(steps[..<start] + steps[end...])
            if try !rest.isEmpty && fails(rest) { return rest }
        }
        return nil
    }
}
