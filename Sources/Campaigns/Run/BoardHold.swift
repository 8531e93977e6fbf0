// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Passthrough
import Vocabulary

/// What a run has changed on a board and will put back when it leaves.
///
/// Devices stay with VFIO from the first case that needs them to the last one: giving them back in
/// between would let their host drivers probe them again each time, which takes longer than a case.
actor BoardHold {
    private let binder: DeviceBinder
    private let gate: UnsafeInterruptsGate
    private var taken: [PCIAddress: TakenDevice] = [:]
    private var isGateOpen: Bool?

    /// Puts back first what a run that died has left.
    init(binder: DeviceBinder, gate: UnsafeInterruptsGate) async throws {
        self.binder = binder
        self.gate = gate
        _ = try await binder.giveBackAll()
        try await gate.giveBack()
    }

    /// Takes a function, unless it is ours already.
    func take(_ address: PCIAddress) async throws -> TakenDevice {
        if let device = taken[address] { return device }
        let device = try await binder.take(address)
        taken[address] = device
        return device
    }

    /// Gives a function back to its host driver, whose name it tells; nothing where it had none.
    func giveBack(_ address: PCIAddress) async throws -> String? {
        forget(address)
        return try await binder.giveBack(address).driver
    }

    /// Forgets a function that is ours no longer, and those whose group is not whole without it.
    func forget(_ address: PCIAddress) {
        taken = taken.filter { $0.key != address && !$0.value.members.contains(address) }
    }

    /// Allows or forbids unsafe interrupts, unless it stands like that already.
    func setGate(open: Bool) async throws {
        guard isGateOpen != open else { return }
        isGateOpen = nil
        try await gate.set(open: open)
        isGateOpen = open
    }

    /// Puts everything back; what cannot be put back has a note, and the next run repairs it.
    ///
    /// - Returns: the first thing that the board would not take back.
    func giveBack() async -> (any Blame)? {
        taken = [:]
        isGateOpen = nil
        var loss: (any Blame)?
        do {
            _ = try await binder.giveBackAll()
        } catch let error as PassthroughError {
            loss = error
        } catch let error as BoardFileError {
            loss = error
        } catch {
            // A board that answers nobody has been told of already.
        }
        try? await gate.giveBack()
        return loss
    }
}
