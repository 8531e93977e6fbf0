// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

/// One vector while a plan is carried out.
final class TrafficLane {
    let name: DeviceName
    let function: PCIFunction
    let vector: UInt32
    let burst: UInt64
    /// After how many raises one is made under the mask; 0 for never.
    var maskEvery: UInt64 = 0
    /// Whether its eventfd is filled before the first raise.
    var isFilled = false
    var record: LaneRecord

    init(_ lane: TrafficPlan.Lane, _ function: PCIFunction) {
        name = lane.device
        self.function = function
        vector = lane.vector.rawValue
        burst = UInt64(max(lane.burst, 1))
        record = LaneRecord(
            device: function.address, vector: lane.vector, raised: 0, arrived: 0)
    }

    var interrupt: LinuxInterrupt { function.interrupts[Int(vector)] }

    /// Enters what came of so many raises.
    func enter(_ came: UInt64, of raises: UInt64) {
        record.raised += raises
        record.arrived += min(came, raises)
        record.spurious += came - min(came, raises)
        if came == 0 {
            record.lost += raises
        } else {
            record.merged += raises - min(came, raises)
        }
        if let since = record.sinceArmed { record.sinceArmed = since + came }
    }
}
