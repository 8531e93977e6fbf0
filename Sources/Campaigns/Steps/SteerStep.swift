// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import SecureShell
import Vocabulary

extension StepRunner {
    /// Writes the affinity of a vector's interrupt, which its action in `/proc/interrupts` names.
    mutating func steer(
        _ name: DeviceName, _ vector: VectorIndex, to processor: UInt32,
        into record: inout StepRecord
    ) async throws {
        let kind = try device(name).armed
        guard let kind, let address = stage.taken[name]?.address else {
            throw StepObstacle(description: "device '\(name)' has no armed vectors")
        }
        let text = try await files.text(of: "/proc/interrupts")
        let lines = InterruptsText.parse(
            RawText(source: .interrupts, file: "", text: text)
        ).values
        let wanted = VFIOVector(kind: kind, vector: vector, device: address)
        guard let line = lines.first(where: { $0.vectors.contains(wanted) }) else {
            throw StepObstacle(
                description: "/proc/interrupts has no interrupt for \(vector) of '\(name)'")
        }
        let place = "/proc/irq/\(line.number)/smp_affinity"
        let request = WriteFile(
            path: place, bytes: Array((Self.mask(of: processor) + "\n").utf8), creates: false)
        guard try await ask(request, expecting: stage, into: &record) == nil else { return }
        throw StepObstacle(
            description: "the kernel does not take CPU \(processor) in \(place); has the board it?",
            kind: .suite)
    }

    /// The mask as the kernel reads it: words of 32 bits in hex, the highest first
    /// (`bitmap_parse`, lib/bitmap.c, 6.1).
    static func mask(of processor: UInt32) -> String {
        let word = Hexadecimal.digits(1 << UInt64(processor % 32), width: 8)
        return word + String(repeating: ",00000000", count: Int(processor / 32))
    }
}
