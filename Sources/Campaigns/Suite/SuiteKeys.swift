// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys of a suite file.
enum SuiteKey: String, CaseIterable {
    case name, summary, cases, boot
}

/// What a suite may demand of the boot.
enum BootDemand: String, CaseIterable {
    case cold
}

/// The keys of a case.
enum CaseKey: String, CaseIterable {
    case name, summary, devices, steps, program
    case allowUnsafeInterrupts = "allow-unsafe-interrupts"
}

/// The keys of a device that a case asks for.
enum DeviceKey: String, CaseIterable {
    case kind, id, `class`, stimulus
    case virtualFunction = "virtual-function"
    case groupOf = "group-of"
}

/// The keys of a foreign program.
enum ProgramKey: String, CaseIterable {
    case file, source, arguments, environment, deadline, measures
    case kernelSource = "kernel-source"
}

/// The keys of a program from a kernel's source.
enum TestSourceKey: String, CaseIterable {
    case package, file
}

/// The keys of an argument that is not text.
enum ArgumentKey: String, CaseIterable {
    case device, group
}

/// The one key of a step: what is done.
enum StepKey: String, CaseIterable {
    case open, window, attach, map, unmap, arm, ring, traffic, loopback, mask, unmask, steer, read,
        write
    case disarm, reset, disturb, move, unplug, plug, detach, close, kill
    case openBeside = "open-beside"
    case busMaster = "bus-master"
    case giveBack = "give-back"
    case allowUnsafeInterrupts = "allow-unsafe-interrupts"
}

/// The keys of `attach` and `move`.
enum AttachKey: String, CaseIterable {
    case device, to
}

/// The keys of `open-beside`.
enum OpenBesideKey: String, CaseIterable {
    case container, beside
}

/// The keys of `steer`.
enum SteerKey: String, CaseIterable {
    case device, vector, processor
}

/// The keys of `bus-master`.
enum BusMasterKey: String, CaseIterable {
    case device, enabled
}

/// The keys of `read` and `write`.
enum TransferKey: String, CaseIterable {
    case device, at, value, message
}

/// The keys of a `message` that a write carries, of `mask` and of `unmask`.
enum VectorKey: String, CaseIterable {
    case device, vector
}

/// The keys of `window`, `map` and `unmap`.
enum MapKey: String, CaseIterable {
    case `in`, at, size
}

/// The keys of `arm`.
enum ArmKey: String, CaseIterable {
    case device, kind, vectors
}

/// The keys of `ring` and `loopback`.
enum RingKey: String, CaseIterable {
    case device, vector, count
}

/// The keys of `traffic`.
enum TrafficKey: String, CaseIterable {
    case count, streams, order, seed, meanwhile
}

/// The keys of a stream.
enum StreamKey: String, CaseIterable {
    case device, vectors, rate, burst
}

/// The keys of what is done meanwhile: one of the deeds, and how often.
enum DisturbanceKey: String, CaseIterable {
    case steer, mask, rearm, reset, storm, overflow, kill, every, rounds

    static let deeds: [Self] = [.steer, .mask, .rearm, .reset, .storm, .overflow, .kill]
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
