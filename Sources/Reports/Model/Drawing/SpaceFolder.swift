// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// Follows the steps of a prediction and keeps what lies in each IOVA space.
struct SpaceFolder {
    private let prediction: CasePrediction
    private var spaces: [String: Space] = [:]
    private var attached: [DeviceName: ContainerName] = [:]
    private var order: [String] = []
    private var histories: [String: SpaceHistory] = [:]

    private struct Space {
        var user: [IOVARange] = []
        var doorbells: [DoorbellMap] = []
        var kept: [IOVARange] = []
        var given: [IOVARange] = []

        var pieces: [SpacePiece] {
            (kept + given).map { SpacePiece(kind: .kept, range: $0) }
                + user.map { SpacePiece(kind: .user, range: $0) }
                + doorbells.compactMap { map in
                    map.range.map {
                        SpacePiece(kind: .doorbell, range: $0, note: "\(map.page)")
                    }
                }
        }

        /// A domain goes with its last device, and its page table with it.
        mutating func empty() {
            user = []
            doorbells = []
            kept = []
        }
    }

    /// The spaces of a case that anything ever lay in, in the order in which they were opened.
    static func histories(of prediction: CasePrediction) -> [SpaceHistory] {
        var folder = SpaceFolder(prediction)
        for step in prediction.expectation.steps { folder.take(step) }
        return folder.order.compactMap { folder.histories[$0] }.filter { !$0.moments.isEmpty }
    }

    private init(_ prediction: CasePrediction) { self.prediction = prediction }

    private mutating func take(_ step: StepExpectation) {
        switch step.step {
        case .attach(let device, let container), .move(let device, let container):
            let old = attached[device]
            if case .succeeds = step.outcome { enter(device, container) }
            if let old, old != container { note(old.text, spaces[old.text]?.pieces ?? [], step) }
            change(container.text, step)
        case .map(let container, _, _), .unmap(let container, _, _):
            change(container.text, step)
        case .window(let container, let at, let size):
            if case .succeeds = step.outcome, let range = range(at, size) {
                spaces[container.text, default: Space()].given.append(range)
            }
            change(container.text, step)
        case .detach(let device):
            guard let container = attached[device] else { return }
            leave(device)
            change(container.text, step)
        case .close(let container): close(container, step)
        case let ended where ended.killed != nil: ended.killed.map { close($0, step) }
        case .giveBack(let device): change("\(device) (host)", step)
        default:
            guard let container = step.step.device.flatMap({ attached[$0] }) else { return }
            change(container.text, step)
        }
    }

    private mutating func enter(_ device: DeviceName, _ container: ContainerName) {
        leave(device)
        attached[device] = container
    }

    private mutating func leave(_ device: DeviceName) {
        guard let container = attached.removeValue(forKey: device) else { return }
        if !attached.values.contains(container) { spaces[container.text]?.empty() }
    }

    private mutating func close(_ container: ContainerName, _ step: StepExpectation) {
        attached = attached.filter { $0.value != container }
        spaces[container.text] = nil
        note(container.text, [], step)
    }

    private mutating func change(_ name: String, _ step: StepExpectation) {
        var space = spaces[name] ?? Space()
        space.user.removeAll { old in step.userUnmaps.contains { $0.contains(old) } }
        for range in step.userMaps where !space.user.contains(range) { space.user.append(range) }
        let gone = step.doorbellUnmaps.compactMap(\.all.first)
        space.doorbells.removeAll { gone.contains($0) }
        for map in step.doorbellMaps.compactMap(\.all.first) where !space.doorbells.contains(map) {
            space.doorbells.append(map)
        }
        if let ranges = step.iovaRanges { space.kept = holes(between: ranges) }
        spaces[name] = space
        note(name, space.pieces + refusal(step), step, step.messages.map(\.destination).unique)
    }

    private mutating func note(
        _ name: String, _ pieces: [SpacePiece], _ step: StepExpectation, _ messages: [String] = []
    ) {
        if histories[name] == nil { order.append(name) }
        histories[name, default: SpaceHistory(name: name)]
            .note(pieces, messages: messages, after: step)
    }

    /// What is missing between the ranges that a container tells, up to the end of the aperture.
    private func holes(between ranges: [IOVARange]) -> [IOVARange] {
        var holes: [IOVARange] = []
        var next: IOVA? = prediction.aperture.first
        for range in ranges.sorted(by: { $0.first < $1.first }) {
            if let start = next, let last = range.first.moved(backBy: .bytes(1)),
                let hole = IOVARange(first: start, last: last)
            {
                holes.append(hole)
            }
            next = range.last.advanced(by: .bytes(1))
        }
        if let start = next, let rest = IOVARange(first: start, last: prediction.aperture.last) {
            holes.append(rest)
        }
        return ranges.isEmpty ? [] : holes
    }

    private func refusal(_ step: StepExpectation) -> [SpacePiece] {
        guard case .refused(_, let errno) = step.outcome,
            case .map(_, let at, let size) = step.step, let range = range(at, size)
        else { return [] }
        return [SpacePiece(kind: .refused, range: range, note: "\(errno)")]
    }

    private func range(_ at: Placement, _ size: Extent) -> IOVARange? {
        guard let first = at.address(page: prediction.pageSize),
            let size = size.size(page: prediction.pageSize)
        else { return nil }
        return IOVARange(first: first, size: size)
    }
}

extension VectorExpectation {
    /// Where the vector's message goes, in words.
    fileprivate var destination: String {
        let places = address.all.prefix(3).map(\.description).joined(separator: " or ")
        return "\(device) writes to \(places)" + (map == nil ? ", which nothing translates" : "")
    }
}

extension Array where Element: Hashable {
    /// Each once, in the order of their first.
    fileprivate var unique: [Element] {
        var known: Set<Element> = []
        return filter { known.insert($0).inserted }
    }
}
