// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys of a suite file.
enum SuiteKey: String, CaseIterable {
    case name, summary, cases
}

/// The keys of a case.
enum CaseKey: String, CaseIterable {
    case name, summary, devices, steps
    case allowUnsafeInterrupts = "allow-unsafe-interrupts"
}

/// The keys of a device that a case asks for.
enum DeviceKey: String, CaseIterable {
    case kind
}

/// The one key of a step: what is done.
enum StepKey: String, CaseIterable {
    case open, attach, map, unmap, arm, ring, disarm, reset, detach, close
    case allowUnsafeInterrupts = "allow-unsafe-interrupts"
}

/// The keys of `attach`.
enum AttachKey: String, CaseIterable {
    case device, to
}

/// The keys of `map` and `unmap`.
enum MapKey: String, CaseIterable {
    case `in`, at, size
}

/// The keys of `arm`.
enum ArmKey: String, CaseIterable {
    case device, kind, vectors
}

/// The keys of `ring`.
enum RingKey: String, CaseIterable {
    case device, vector, count
}

/// The words with which somebody might try to say what must be seen.
enum Expecting {
    private static let words: Set<String> = [
        "expect", "expects", "expected", "expectation", "expectations", "errno", "error", "fail",
        "fails", "must", "must-fail", "result", "returns", "should", "succeed", "succeeds",
        "verdict", "want", "xfail",
    ]

    /// Says why a suite has no such key; nothing for other words.
    static func sentence(for word: String) -> String? {
        guard words.contains(word.lowercased()) else { return nil }
        return "a suite says what to do and never what must be seen: the reference model derives "
            + "that from the steps, for every generation of kernel; remove '\(word)'"
    }
}
