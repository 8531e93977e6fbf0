// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// A write to the doorbell's IOVA: a forged message where it carries one.
    func doorbellWrite(_ act: Act) -> Told {
        guard let forgery = forgery(act.step) else {
            return act.arrived == 0
                ? (.proved, "nothing arrived") : (.proved, "\(arrivals(act)) arrived")
        }
        let count = count(of: forgery, act)
        if count == 0 { return notForged(forgery, act) }
        guard forgery.writer != forgery.device else {
            return (
                .proved,
                "its interrupt arrived \(times(count)): a message is a write like any other"
            )
        }
        return forged(forgery, count)
    }

    private func forged(_ forgery: Forgery, _ count: UInt64) -> Told {
        let controller = controller(of: forgery.device)
        let lesson =
            controller?.isIsolated == true
            ? "this ITS lets a device forge another's"
            : "without interrupt isolation a device can forge another's"
        let place = controller.map { "through the \($0.name)" } ?? ""
        return (
            .proved,
            "the interrupt of \(deviceName(forgery.device)) arrived \(times(count)) \(place): "
                + lesson
        )
    }

    private func notForged(_ forgery: Forgery, _ act: Act) -> Told {
        let owner = deviceName(forgery.device)
        let own = act.seen.signals.first { $0.device == forgery.writer && $0.count > 0 }
        let instead = own.map { ", and its own \($0.vector) \(times($0.count))" } ?? ""
        let nothing = "nothing of \(owner) arrived\(instead)"
        if case .notPredicted(let reason) = act.step.expected.outcome {
            return (.open, "\(nothing), which proves nothing here: \(reason)")
        }
        guard act.step.expected.arrivals == 0, controller(of: forgery.device)?.isIsolated == true
        else { return (.open, "\(nothing), so that no forgery was seen") }
        return (
            .proved,
            "\(nothing): an ITS looks a message up by who writes it, so that a device cannot forge "
                + "another's"
        )
    }

    /// A write to, or a read of, the register's untranslated address.
    func physicalDoorbell(_ act: Act) -> Told {
        if act.arrived > 0 {
            return (.proved, "\(arrivals(act)) arrived: the SMMU lets a device past its maps")
        }
        if act.seen.memory != nil {
            return (
                .proved,
                "nothing arrived, and the user's memory stands there: the address means what the "
                    + "maps say"
            )
        }
        return refusal(
            act, lesson: "a device reaches a doorbell through its map alone",
            otherwise: "nothing arrived, and no fault was seen")
    }

    /// A read of the doorbell's page.
    func doorbellRead(_ act: Act) -> Told {
        let got = act.seen.value.map { Hexadecimal.prefixed(UInt64($0)) } ?? "something"
        return refusal(
            act, lesson: "the page is write-only for devices",
            otherwise:
                "it got \(got) without a fault: nothing keeps a device from reading the page",
            provesOtherwise: true)
    }

    private func count(of forgery: Forgery, _ act: Act) -> UInt64 {
        act.seen.signals.first {
            $0.device == forgery.device && $0.vector == forgery.vector
        }?.count ?? 0
    }

    private func controller(of device: PCIAddress) -> (name: String, isIsolated: Bool)? {
        guard let first = board.controller(of: device)?.doorbells.first else { return nil }
        return (first.kind.name, first.isIsolated)
    }

    private func deviceName(_ device: PCIAddress) -> String {
        evidence.record.devices.filter { $0.value == device }.keys.min()?.text ?? "\(device)"
    }

    private func arrivals(_ act: Act) -> String {
        act.arrived == 1 ? "an interrupt" : "\(act.arrived) interrupts"
    }
}
