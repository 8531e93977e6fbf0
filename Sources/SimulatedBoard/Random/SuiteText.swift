// SPDX-License-Identifier: GPL-3.0-or-later
package import Vocabulary

/// Writes steps as they stand in a suite file.
package enum SuiteText {
    /// One list item a line.
    package static func steps(_ steps: [Step], indent: Int = 6) -> String {
        let margin = String(repeating: " ", count: indent)
        return steps.map { "\(margin)- \(item($0))\n" }.joined()
    }

    private static func item(_ step: Step) -> String {
        switch step {
        case .open(let container): "open: \(container)"
        case .openBeside(let container, let beside):
            "open-beside: {container: \(container), beside: \(beside)}"
        case .window(let container, let at, let size):
            "window: \(space(container, at, size))"
        case .map(let container, let at, let size): "map: \(space(container, at, size))"
        case .unmap(let container, let at, let size): "unmap: \(space(container, at, size))"
        case .attach(let device, let container): "attach: {device: \(device), to: \(container)}"
        case .move(let device, let container): "move: {device: \(device), to: \(container)}"
        case .close(let container): "close: \(container)"
        case .kill(let container): "kill: \(container)"
        case .traffic(let plan): "traffic: \(TrafficText.body(of: plan))"
        case .allowUnsafeInterrupts(let allowed): "allow-unsafe-interrupts: \(allowed)"
        default: device(step)
        }
    }

    private static func space(
        _ container: ContainerName, _ at: Placement, _ size: Extent
    ) -> String { "{in: \(container), at: \(at), size: \(size)}" }

    private static func device(_ step: Step) -> String {
        switch step {
        case .arm(let device, let kind, let vectors):
            "arm: {device: \(device), kind: \(kind.name), vectors: \(vectors)}"
        case .ring(let device, let vector, let count):
            "ring: {device: \(device), vector: \(vector.rawValue), count: \(count)}"
        case .loopback(let device, let vector, let count):
            "loopback: {device: \(device), vector: \(vector.rawValue), count: \(count)}"
        case .mask(let device, let vector, let masked):
            "\(masked ? "mask" : "unmask"): {device: \(device), vector: \(vector.rawValue)}"
        case .steer(let device, let vector, let processor):
            "steer: {device: \(device), vector: \(vector.rawValue), processor: \(processor)}"
        case .busMaster(let device, let enabled):
            "bus-master: {device: \(device), enabled: \(enabled)}"
        case .transfer(let device, let transfer):
            "\(transfer.direction.rawValue): {device: \(device), \(body(transfer))}"
        case .disarm(let device): "disarm: \(device)"
        case .reset(let device): "reset: \(device)"
        case .disturb(let device): "disturb: \(device)"
        case .giveBack(let device): "give-back: \(device)"
        case .unplug(let device): "unplug: \(device)"
        case .plug(let device): "plug: \(device)"
        case .detach(let device): "detach: \(device)"
        default: ""
        }
    }

    private static func body(_ transfer: Transfer) -> String {
        let target =
            switch transfer.target {
            case .memory(let at): "\(at)"
            case .doorbell: "doorbell"
            case .physicalDoorbell: "physical-doorbell"
            }
        let value: String? =
            switch transfer.value {
            case nil: nil
            case .word(let word): "value: \(word)"
            case .message(let device, let vector):
                "message: {device: \(device), vector: \(vector.rawValue)}"
            }
        return (["at: \(target)"] + [value].compactMap { $0 }).joined(separator: ", ")
    }
}
