// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Lab {
    /// Reads a lab file; `Labs/README.md` describes the language.
    ///
    /// - Throws: `LanguageError` with everything that is wrong in it.
    package init(_ source: SourceText) throws(LanguageError) {
        self = try Document(source).understood(LabReader.lab)
    }
}

/// Reads labs and what all boards have in common.
enum LabReader {
    static func lab(_ value: Value) -> Lab? {
        guard let reader = MappingReader<LabKey>(value) else { return nil }
        let name = reader.required(.name) { $0.name(LabName.self) }
        let summary = reader.required(.summary) { $0.text("one line of text") }
        let boards = reader.required(.boards, boards)
        guard let name, let summary, let boards else { return nil }
        return Lab(name: name, summary: summary, boards: boards)
    }

    private static func boards(_ value: Value) -> [Board]? {
        guard let values = value.list() else { return nil }
        if values.isEmpty { value.complain("the lab has no boards; write at least one") }
        var names = Uniqueness<BoardName>(noun: "board")
        let boards = values.map { board($0, names: &names) }
        return boards.contains { $0 == nil } ? nil : boards.compactMap(\.self)
    }

    private static func board(_ value: Value, names: inout Uniqueness<BoardName>) -> Board? {
        guard let reader = MappingReader<BoardKey>(value) else { return nil }
        let name = reader.required(.name) { names.unique($0.name(), at: $0) }
        let kind = reader.required(.kind) { $0.choice(BoardKind.self) }
        let reach = kind.flatMap { self.reach($0, reader) }
        let labels: [LabelName] = reader.optional(.labels, default: []) {
            $0.list(of: { $0.name(LabelName.self) })
        }
        let kernel = reader.optional(.kernel) { $0.name(KernelName.self) }
        let doorbells = reader.optional(.doorbells, default: []) { $0.list(of: doorbell) }
        let timeouts = reader.optional(.timeouts, default: BoardTimeouts(), timeouts)
        let skipReset = reader.optional(.skipReset) { $0.text("the reason, as text,") }
        let notes = reader.optional(.notes) { $0.text() }
        guard let name, let reach else { return nil }
        return Board(
            name: name, reach: reach, labels: labels, kernel: kernel, doorbells: doorbells,
            timeouts: timeouts, skipReset: skipReset, notes: notes)
    }

    private static func reach(
        _ kind: BoardKind, _ reader: MappingReader<BoardKey>
    ) -> Board.Reach? {
        switch kind {
        case .qemu:
            reader.refuse(BoardKey.ofSSH, because: "it belongs to boards of kind ssh")
            return VirtualMachineReader.machine(reader).map(Board.Reach.qemu)
        case .ssh:
            reader.refuse(BoardKey.ofQEMU, because: "it belongs to boards of kind qemu")
            return RemoteMachineReader.machine(reader).map(Board.Reach.ssh)
        }
    }

    private static func doorbell(_ value: Value) -> DoorbellFrame? {
        guard let reader = MappingReader<DoorbellKey>(value) else { return nil }
        let controller = reader.required(.controller) { $0.choice(DoorbellFrame.Controller.self) }
        let base = reader.required(.base) { $0.address(PhysicalAddress.self) }
        let interrupts = reader.optional(.interrupts) { $0.interrupts() }
        if controller == .its {
            reader.refuse([.interrupts], because: "an ITS numbers events, and no interrupts")
        }
        guard let controller, let base else { return nil }
        return DoorbellFrame(controller: controller, base: base, interrupts: interrupts)
    }

    private static func timeouts(_ value: Value) -> BoardTimeouts? {
        guard let reader = MappingReader<TimeoutKey>(value) else { return nil }
        let standard = BoardTimeouts()
        return BoardTimeouts(
            boot: reader.optional(.boot, default: standard.boot) { $0.duration() },
            connect: reader.optional(.connect, default: standard.connect) { $0.duration() },
            step: reader.optional(.step, default: standard.step) { $0.duration() },
            power: reader.optional(.power, default: standard.power) { $0.duration() })
    }
}
