// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

/// The process on the simulated board that carries out steps and writes down its calls.
final class SimulatedAgent {
    /// An open container, or an address space of iommufd.
    final class Container {
        let name: ContainerName
        /// The process that holds it.
        let process: Int32
        var groups: [IOMMUGroup] = []
        /// Set once `VFIO_SET_IOMMU` succeeded.
        var iommu: TypeOne?
        /// The file and the address space, where iommufd is asked.
        var file: IOMMUFile?
        var space: AddressSpace?

        init(_ name: ContainerName, process: Int32) {
            self.name = name
            self.process = process
        }
    }

    /// Why a step was not carried out.
    struct Obstacle: Error {
        let reason: String
    }

    let kernel: Kernel
    let functions: [DeviceName: PCIFunction]
    var containers: [ContainerName: Container] = [:]
    /// The container that each open device is in.
    var attached: [DeviceName: Container] = [:]
    /// Devices that their host drivers have.
    var given: Set<DeviceName> = []
    private(set) var children: [Int32] = []
    /// Containers that are killed in the end are held by a process of their own.
    private let killed: Set<ContainerName>
    private let agentProcess: Int32
    private var nextDescriptor: Int64 = 4
    var record = StepRecord(index: 0, step: .allowUnsafeInterrupts(false))
    var dumps: [PCIAddress: (bytes: [UInt8], text: String)] = [:]

    init(_ kernel: Kernel, devices: [DeviceName: PCIAddress], steps: [Step]) {
        self.kernel = kernel
        agentProcess = kernel.process
        functions = devices.compactMapValues { kernel.function(at: $0) }
        killed = Set(
            steps.compactMap(\.killed))
    }

    /// The devices of the case by name.
    var devices: [(name: DeviceName, function: PCIFunction)] {
        functions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Carries out one step and reads what it may have changed.
    func perform(_ step: Step, index: Int) -> StepRecord {
        record = StepRecord(index: index, step: step)
        kernel.clock.pass(microseconds: 100)
        do throws(Obstacle) {
            try carryOut(step)
        } catch {
            record.notDone = error.reason
        }
        kernel.process = agentProcess
        record.texts = texts(after: step, index: index)
        return record
    }

    private func carryOut(_ step: Step) throws(Obstacle) {
        switch step {
        case .open(let container): try open(container, beside: nil)
        case .openBeside(let container, let other): try open(container, beside: other)
        case .attach(let device, let container): try attach(device, to: container)
        case .map(let container, let at, let size): try map(container, at, size)
        case .unmap(let container, let at, let size): try unmap(container, at, size)
        case .window(let container, let at, let size): try window(container, at, size)
        case .close(let container): try close(container)
        case .kill(let container): try kill(container)
        case .allowUnsafeInterrupts(let allowed): kernel.allowsUnsafeInterrupts = allowed
        case .detach(let device): try detach(device)
        case .move(let device, let container): try move(device, to: container)
        case .giveBack(let device): try giveBack(device)
        case .unplug(let device): try unplug(device)
        case .plug(let device): try plug(device)
        default: try touchDevice(step)
        }
    }

    private func touchDevice(_ step: Step) throws(Obstacle) {
        switch step {
        case .arm(let device, let kind, let vectors): try arm(device, kind, vectors)
        case .disarm(let device): try disarm(device)
        case .ring(let device, let vector, let count): try ring(device, vector.rawValue, count)
        case .traffic(let plan): try traffic(plan)
        case .loopback(let device, let vector, let count):
            try loopBack(device, vector.rawValue, count)
        case .mask(let device, let vector, let masked): try mask(device, vector.rawValue, masked)
        case .steer(let device, let vector, let processor):
            try steer(device, vector.rawValue, to: processor)
        case .busMaster(let device, let enabled): try setBusMaster(device, enabled)
        case .transfer(let device, let transfer): try move(device, transfer)
        case .reset(let device): try reset(device)
        case .disturb(let device): try disturb(device)
        default: break
        }
    }

    /// The process that opens a container.
    func holder(of container: ContainerName) -> Int32 {
        guard killed.contains(container) else { return agentProcess }
        children.append(agentProcess + 10 + Int32(children.count))
        return children[children.count - 1]
    }

    func freshDescriptor() -> Int64 {
        nextDescriptor += 1
        return nextDescriptor - 1
    }

    func container(_ name: ContainerName) throws(Obstacle) -> Container {
        guard let container = containers[name] else {
            throw Obstacle(reason: "container '\(name)' is not open")
        }
        kernel.process = container.process
        return container
    }

    /// A device that the case has open.
    func device(_ name: DeviceName) throws(Obstacle) -> PCIFunction {
        guard let container = attached[name], let function = functions[name] else {
            throw Obstacle(reason: "device '\(name)' is not attached")
        }
        kernel.process = container.process
        return function
    }

    /// Notes a call that body makes; what it returns is its errno, and `result` where that is none.
    @discardableResult
    func call(
        _ name: String, result: Int64 = 0, _ body: () -> KernelErrno = { .none }
    ) -> KernelErrno {
        let began = kernel.clock.now
        let errno = body()
        note(name, errno == .none ? result : -1, errno, since: began)
        return errno
    }

    func note(_ name: String, _ result: Int64, _ errno: KernelErrno, since began: BoardInstant) {
        kernel.clock.pass(microseconds: 20)
        record.calls.append(
            CallRecord(
                name: name, result: result, errno: errno, began: began, ended: kernel.clock.now))
        kernel.clock.pass(microseconds: 10)
    }
}
