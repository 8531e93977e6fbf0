// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import Passthrough
import Scheduling
import SecureShell
import Vocabulary

extension StepRunner {
    /// Gives a device to its host driver, and waits until that has armed it.
    ///
    /// What the driver arms is read with the step's evidence. A probe may go on behind the binding,
    /// as that of NVMe does.
    mutating func giveBack(_ name: DeviceName, into record: inout StepRecord) async throws {
        guard stage.devices[name] == nil, let taken = stage.taken[name] else {
            throw StepObstacle(description: "device '\(name)' is still attached")
        }
        let before = try await files.kernelLog()
        stage.givenBack.insert(name)
        let driver: String?
        do {
            driver = try await hold.giveBack(taken.address)
        } catch let error as BoardFileError where error.isOfProbing {
            record.calls.append(.refusedProbe(error.errno))
            return try await keepLog(since: before, index: record.index)
        }
        if driver != nil { try await awaitMessages(of: taken.address) }
        try await keepLog(since: before, index: record.index)
    }

    /// Takes a device again that was given back; its group may have another number now.
    mutating func takeAgain(_ name: DeviceName) async throws {
        guard stage.givenBack.contains(name), let address = stage.taken[name]?.address else {
            return
        }
        stage.taken[name] = try await hold.take(address)
        stage.givenBack.remove(name)
    }

    /// The kernel lists the vectors of a device while it has any
    /// (Documentation/ABI/testing/sysfs-bus-pci, `msi_irqs`); not every driver takes some.
    func awaitMessages(of address: PCIAddress) async throws {
        let place = RemotePath("/sys/bus/pci/devices/\(address)/msi_irqs")
        for _ in 0..<20 {
            if try await files.entriesIfPresent(of: place)?.isEmpty == false { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension BoardFileError {
    /// Whether a driver could not be found for a function, or its probe was refused.
    fileprivate var isOfProbing: Bool { path == RemotePath("/sys/bus/pci/drivers_probe") }
}

extension CallRecord {
    /// The write by which a function is offered to its driver; when it was made nobody noted.
    fileprivate static func refusedProbe(_ errno: KernelErrno) -> CallRecord {
        let moment = BoardInstant(rawValue: 0)
        return CallRecord(name: "write", result: -1, errno: errno, began: moment, ended: moment)
    }
}
