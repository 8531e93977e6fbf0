// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

extension Agent {
    /// Lets a device move four bytes, and fetches from it what it then holds.
    ///
    /// The device's own bytes can only be reached by its engine, so they take a way through memory of
    /// the container before and after. What is fetched tells whether the engine reached that at all.
    func transfer(_ request: TransferBytes) throws(Trouble) -> TransferResult {
        let held = try device(request.device)
        let engine = try engine(of: held)
        guard let staging = Staging(held) else { throw .refused(.wrongState(.noWorkspace)) }
        try grantBusMaster(held)
        drainEveryVector()
        let target = request.address.rawValue
        let earlier = held.group.container?.word(at: request.address)
        // A read that brings nothing leaves these bytes, which are not those that it would bring.
        let canary = ~(earlier ?? 0x5A5A_A5A5)
        let began = board_now()
        staging.store(0, request.direction == .write ? request.value : canary)
        staging.store(4, 0)
        try move(engine, request) { engine.fetch(from: staging.address) }
        switch request.direction {
        case .write: try move(engine, request) { engine.put(to: target) }
        case .read: try move(engine, request) { engine.fetch(from: target) }
        }
        let signals = settleEveryVector(for: request.settling)
        let memory = held.group.container?.word(at: request.address)
        let value = try fetched(engine, request, staging)
        return TransferResult(
            value: value == canary && request.direction == .read ? nil : value, memory: memory,
            signals: signals, began: BoardInstant(rawValue: began),
            ended: BoardInstant(rawValue: board_now()))
    }

    private func engine(of held: HeldDevice) throws(Trouble) -> EduEngine<RegisterWindow> {
        guard try choice(held) == .edu else { throw .refused(.wrongState(.noEngine)) }
        let window = try window(held, region: 0)
        return try made { () throws(Refusal) in try EduEngine(window) }
    }

    /// Brings the device's bytes into memory; nothing where they did not come.
    private func fetched(
        _ engine: EduEngine<RegisterWindow>, _ request: TransferBytes, _ staging: Staging
    ) throws(Trouble) -> UInt32? {
        let marks: [UInt32] = [0x600D_F00D, ~0x600D_F00D]
        for mark in marks {
            staging.store(4, mark)
            try move(engine, request) { engine.put(to: staging.address + 4) }
            let found = staging.load(4)
            // The same as the mark: a second one tells whether that is by chance.
            if found != mark { return found }
        }
        return nil
    }

    /// Starts the engine and awaits its end.
    private func move(
        _ engine: EduEngine<RegisterWindow>, _ request: TransferBytes, _ start: () -> Void
    ) throws(Trouble) {
        board_publish()
        start()
        let deadline = board_now() &+ request.timeout.rawValue
        while engine.isBusy {
            guard board_now() < deadline else {
                throw .refused(
                    .deviceBusy(register: UInt32(EduEngine<RegisterWindow>.command)))
            }
            board_rest(1_000_000)
        }
        board_publish()
    }
}

/// The last 64 bytes of the memory that a device works with.
struct Staging {
    private let memory: UnsafeMutableRawPointer
    let address: UInt64

    init?(_ held: HeldDevice) {
        guard let mapping = held.group.container?.workspace(atLeast: 4096) else { return nil }
        let offset = Int(mapping.size.rawValue) - 64
        memory = mapping.memory + offset
        address = mapping.iova.rawValue + UInt64(offset)
    }

    func store(_ offset: Int, _ value: UInt32) { board_store32(memory, offset, value) }
    func load(_ offset: Int) -> UInt32 { board_load32(memory, offset) }
}

extension HeldContainer {
    /// The memory that devices of the container work with: its first mapping that is large enough.
    func workspace(atLeast size: UInt64) -> HeldMapping? {
        for mapping in mappings where mapping.size.rawValue >= size { return mapping }
        return nil
    }

    /// What stands at an IOVA in the container's memory.
    func word(at iova: IOVA) -> UInt32? {
        for mapping in mappings where iova >= mapping.iova {
            let offset = iova.rawValue - mapping.iova.rawValue
            guard mapping.size.rawValue >= 4, offset <= mapping.size.rawValue - 4 else { continue }
            return board_load32(mapping.memory, Int(offset))
        }
        return nil
    }
}
