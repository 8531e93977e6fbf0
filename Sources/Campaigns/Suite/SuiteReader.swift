// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

extension Suite {
    /// Reads a suite file; `Suites/README.md` describes the language.
    ///
    /// - Throws: `LanguageError` with everything that is wrong in it.
    package init(_ source: SourceText) throws(LanguageError) {
        self = try Document(source).understood(SuiteReader.suite)
    }
}

/// Reads suites and their cases.
enum SuiteReader {
    static func suite(_ value: Value) -> Suite? {
        guard let reader = MappingReader<SuiteKey>(value, strange: Expecting.sentence) else {
            return nil
        }
        let name = reader.required(.name) { $0.name(SuiteName.self) }
        let summary = reader.required(.summary) { $0.text("one line of text") }
        let boot = reader.optional(.boot) { $0.choice(BootDemand.self) }
        let cases = reader.required(.cases, cases)
        guard let name, let summary, let cases else { return nil }
        return Suite(name: name, summary: summary, cases: cases, demandsColdBoot: boot == .cold)
    }

    private static func cases(_ value: Value) -> [SuiteCase]? {
        guard let values = value.list() else { return nil }
        if values.isEmpty { value.complain("the suite has no cases; write at least one") }
        var names = Uniqueness<CaseName>(noun: "case")
        let cases = values.map { self.case($0, names: &names) }
        return cases.contains { $0 == nil } ? nil : cases.compactMap(\.self)
    }

    private static func `case`(_ value: Value, names: inout Uniqueness<CaseName>) -> SuiteCase? {
        guard let reader = MappingReader<CaseKey>(value, strange: Expecting.sentence) else {
            return nil
        }
        let name = reader.required(.name) { names.unique($0.name(), at: $0) }
        let summary = reader.required(.summary) { $0.text("one line of text") }
        let isProgram = reader[.program] != nil
        let devices =
            isProgram && reader[.devices] == nil ? [:] : reader.required(.devices, devices)
        let allowed = reader.optional(.allowUnsafeInterrupts, default: false) { $0.boolean() }
        if isProgram { reader.refuse([.steps], because: "the case runs a program") }
        let program = reader.optional(.program, ProgramReader(devices: devices).program)
        let steps =
            isProgram ? [] : reader.required(.steps) { self.steps($0, devices: devices) }
        guard let name, let summary, let devices, let steps, isProgram == (program != nil) else {
            return nil
        }
        return SuiteCase(
            name: name, summary: summary, devices: devices, unsafeInterruptsAllowed: allowed,
            steps: steps, program: program)
    }

    private static func devices(_ value: Value) -> [DeviceName: DeviceRequirement]? {
        guard let entries = value.entries() else { return nil }
        if entries.isEmpty { value.complain("the case asks for no device; name at least one") }
        let named = entries.map {
            ($0.key.name(DeviceName.self), DeviceReader.requirement($0.value))
        }
        var devices: [DeviceName: DeviceRequirement] = [:]
        for case (let name?, let requirement?) in named { devices[name] = requirement }
        DeviceReader.checkMates(
            zip(entries, named).compactMap { entry, found in
                found.0.map { (value: entry.value, name: $0) }
            }, of: devices)
        return devices.count == entries.count ? devices : nil
    }

    private static func steps(
        _ value: Value, devices: [DeviceName: DeviceRequirement]?
    ) -> [Step]? {
        guard let values = value.list() else { return nil }
        if values.isEmpty { value.complain("the case has no steps; write at least one") }
        let reader = StepReader(devices: devices)
        let complaints = value.book.complaints.count
        let steps = values.compactMap(reader.step)
        // A step that could not be read would make those behind it look out of order.
        guard value.book.complaints.count == complaints, let devices else { return nil }
        var order = StepOrder(devices: devices)
        for located in steps {
            if let sentence = order.follow(located.step) { located.value.complain(sentence) }
        }
        return steps.map(\.step)
    }
}
