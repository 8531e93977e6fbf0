// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds which kernel modules must be loaded, and in which order.
package struct ModuleOrder {
    /// A module that another one needs is neither built in nor among the files.
    package struct Missing: Error, Equatable {
        package let module: String
        /// Who needs it; empty for one that was asked for.
        package let neededBy: String

        package init(module: String, neededBy: String) {
            self.module = module
            self.neededBy = neededBy
        }
    }

    /// The modules in the order of loading, each with everything that it needs directly.
    package private(set) var steps: [(module: String, needs: [String])] = []
    private var known: Set<String>

    /// Begins with what the kernel has without any file.
    package init(builtin: Set<String>) { known = Set(builtin.map(Self.canonical)) }

    /// Adds a module after everything that it needs.
    /// - Parameters:
    ///   - module: its name; a hyphen and an underscore are the same.
    ///   - neededBy: who needs it, for the error.
    ///   - needs: says what a module needs, or nothing when there is no such file.
    /// - Throws: `Missing`; what `needs` throws.
    package mutating func add(
        _ module: String, neededBy: String = "", needs: (String) async throws -> [String]?
    ) async throws {
        let module = Self.canonical(module)
        guard known.insert(module).inserted else { return }
        guard let direct = try await needs(module) else {
            throw Missing(module: module, neededBy: neededBy)
        }
        let files = direct.map(Self.canonical)
        for next in files { try await add(next, neededBy: module, needs: needs) }
        steps.append((module, files))
    }

    /// The kernel's own name: file names may have a hyphen where it has an underscore.
    package static func canonical(_ name: String) -> String {
        String(name.map { $0 == "-" ? "_" : $0 })
    }

    /// The text of `modules.dep`: each file with all that it needs, nearest first.
    package func dependencyFile(path: (String) -> String) -> String {
        var all: [String: [String]] = [:]
        return steps.map { step in
            var needed: [String] = []
            for direct in step.needs where all[direct] != nil {
                for name in [direct] + (all[direct] ?? []) where !needed.contains(name) {
                    needed.append(name)
                }
            }
            all[step.module] = needed
            return path(step.module) + ":" + needed.map { " " + path($0) }.joined() + "\n"
        }.joined()
    }
}
