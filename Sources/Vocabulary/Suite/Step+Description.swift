// SPDX-License-Identifier: GPL-3.0-or-later

extension Step: CustomStringConvertible {
    package var description: String {
        switch self {
        case .open(let container): "open \(container)"
        case .openBeside(let container, let beside): "open \(container) beside \(beside)"
        case .window(let container, let at, let size): "window of \(size) at \(at) in \(container)"
        case .attach(let device, let container): "attach \(device) to \(container)"
        case .map(let container, let at, let size): "map \(size) at \(at) in \(container)"
        case .unmap(let container, let at, let size): "unmap \(size) at \(at) in \(container)"
        case .close(let container): "close \(container)"
        case .kill(let container): "kill the holder of \(container)"
        case .traffic(let plan): "\(plan)"
        case .allowUnsafeInterrupts(let allowed): "allow unsafe interrupts: \(allowed)"
        default: ofDevice
        }
    }

    private var ofDevice: String {
        switch self {
        case .arm(let device, let kind, let vectors): "arm \(device) \(kind.name) × \(vectors)"
        case .ring(let device, let vector, let count): "ring \(device) \(vector) × \(count)"
        case .loopback(let device, let vector, let count):
            "loop back \(device) \(vector) × \(count) (synthetic)"
        case .mask(let device, let vector, let masked):
            "\(masked ? "mask" : "unmask") \(device) \(vector)"
        case .steer(let device, let vector, let processor):
            "steer \(device) \(vector) to CPU \(processor)"
        case .busMaster(let device, let enabled):
            "bus master of \(device): \(enabled ? "on" : "off")"
        case .transfer(let device, let transfer): "let \(device) \(transfer)"
        case .disarm(let device): "disarm \(device)"
        case .reset(let device): "reset \(device)"
        case .disturb(let device): "disturb \(device)"
        case .move(let device, let container): "move \(device) to \(container)"
        case .giveBack(let device): "give back \(device)"
        case .unplug(let device): "unplug \(device)"
        case .plug(let device): "plug \(device)"
        case .detach(let device): "detach \(device)"
        default: "step"
        }
    }
}
