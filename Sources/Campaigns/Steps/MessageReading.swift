// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Scheduling
import SecureShell
import Vocabulary

extension StepRunner {
    /// Reads the message that a vector carries, from the device's own registers.
    /// - Throws: `StepObstacle` where the vector is not armed, or its registers cannot be read.
    func message(of name: DeviceName, _ vector: VectorIndex) async throws -> MSIMessage {
        let device = try device(name)
        switch device.armed {
        case .msix: return try await tableMessage(of: name, device, vector)
        case .msi: return try await capabilityMessage(of: name, vector)
        case .intx, nil:
            throw StepObstacle(description: "device '\(name)' has no armed message")
        }
    }

    private func tableMessage(
        of name: DeviceName, _ device: Stage.Device, _ vector: VectorIndex
    ) async throws -> MSIMessage {
        let deadline = Deadline.after(patience, for: "the MSI-X table of '\(name)'")
        let reply = try await session(of: device.holder).perform(
            ReadMSIXTable(device: device.handle), deadline: deadline)
        guard let table = reply.answer, Int(vector.rawValue) < table.entries.count else {
            throw StepObstacle(description: "the MSI-X table of '\(name)' cannot be read")
        }
        return table.entries[Int(vector.rawValue)].message
    }

    /// Of MSI only the first message stands in a register; the device adds the vector to its data.
    private func capabilityMessage(
        of name: DeviceName, _ vector: VectorIndex
    ) async throws -> MSIMessage {
        guard let bus = stage.taken[name]?.address else { throw StepObstacle.notAttached(name) }
        let place = RemotePath("/sys/bus/pci/devices/\(bus)/config")
        let bytes = try await files.contents(of: place, limit: .kibibytes(8))
        let text = RawText(
            source: .configurationSpace(bus), file: "", text: ConfigurationDump.text(bytes))
        guard let space = ConfigurationBytes.parse(text).space,
            let capability = MSICapability(in: space), capability.enabled
        else { throw StepObstacle(description: "the MSI registers of '\(name)' cannot be read") }
        return MSIMessage(
            address: capability.message.address,
            data: capability.message.data | vector.rawValue)
    }
}
