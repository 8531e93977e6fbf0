// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import KernelTree
import ResultArchive
import Vocabulary

/// What comes back.
extension BisectCampaign {
    mutating func take(_ report: Report, of ticket: Int) throws {
        guard let probe = probes[ticket] else { return }
        switch report {
        case .made(.success(let kernel), _):
            made[probe.revision] = kernel
            pace.make = kernel.took
            try identify(kernel)
            if !probe.isSpared, end == nil, search.isWorthBooting(probe.revision) {
                let task = boot(kernel, of: ticket, on: probe.board)
                probes[ticket]?.makeTook = kernel.took
                probes[ticket]?.task = task
                return
            }
        case .made(.failure(let error), let took):
            if KernelRefusal.isMeant(by: error) {
                try refuse(error, probe.revision, took)
            } else {
                try fail(error, probe, board: nil)
            }
        case .booted(.success(let booted), let took):
            pace.boot = took
            try answer(booted, probe, took)
        case .booted(.failure(let error), _):
            try fail(error, probe)
        }
        probes[ticket] = nil
        pool.release(probe.board)
        spare()
    }

    mutating func identify(_ kernel: ProbeKernel) throws {
        guard let binary = kernel.binary else { return }
        let record = SearchRecord(kernel.revision, .binary(binary))
        guard !search.records.contains(record) else { return }
        try note(.identified(record))
    }

    /// A kernel that could not be made.
    mutating func refuse(_ error: any Error, _ revision: Revision, _ took: Duration) throws {
        let fault = Fault(error, subject: "kernel \(revision)", action: "be made")
        let record = SearchRecord(
            revision, .skipped(SkipReason(.doesNotBuild, fault.description)))
        try note(.probed(BisectionProbe(record: record, makeTook: took)))
    }

    mutating func answer(
        _ booted: BootedProbe, _ probe: Probe, _ took: Duration
    ) throws {
        let observation: SearchRecord.Observation
        var evidence: SymptomEvidence?
        switch booted.answer {
        case .good(let seen): (observation, evidence) = (.good, seen)
        case .bad(let seen): (observation, evidence) = (.bad, seen)
        case .cannotTell(let why, let words): observation = .skipped(SkipReason(why.kind, words))
        case .bench(let fault): return try fail(fault, probe, board: probe.board)
        case .misuse(let fault):
            stop = fault
            return
        }
        pool.succeed(probe.board)
        try note(
            .probed(
                BisectionProbe(
                    record: SearchRecord(probe.revision, observation), board: probe.board,
                    kernel: booted.kernel, run: booted.run, evidence: evidence,
                    makeTook: probe.makeTook ?? .zero, bootTook: took)))
    }

    /// A boot that nobody can answer for.
    private mutating func fail(_ error: any Error, _ probe: Probe) throws {
        if let error = error as? ArchiveError { throw error }
        try fail(error, probe, board: probe.board)
    }

    /// Bench faults are tried again on another board; those of others end everything.
    private mutating func fail(_ error: any Error, _ probe: Probe, board: BoardName?) throws {
        if error is CancellationError || probe.isSpared || Task.isCancelled { return }
        let fault = Fault(error, subject: "kernel \(probe.revision)", action: "be booted")
        if fault.kind != .bench || Self.isNoRoom(error) {
            stop = fault
            return
        }
        try note(.faulted(revision: probe.revision, board: board, fault: fault))
        if pool.fail(board, fault), let board { try note(.boardLost(board: board, because: fault)) }
        if pool.faultCount >= BoardPool.limit {
            stop = BisectionTrouble.tooManyFaults(count: pool.faultCount, last: fault).fault
        }
        let avoids = probe.avoids.union(board.map { [$0] } ?? [])
        waiting.append(Retry(revision: probe.revision, avoids: avoids))
    }

    /// A full disk stays full for the next try.
    private static func isNoRoom(_ error: any Error) -> Bool {
        if case .noRoom? = error as? BuildFailure { true } else { false }
    }

    /// Ends what would tell nothing any more.
    mutating func spare() {
        waiting = waiting.filter { search.isWorthBooting($0.revision) }
        for (ticket, probe) in probes
        where !probe.isSpared && !search.isWorthBooting(probe.revision) {
            probes[ticket]?.isSpared = true
            probe.task.cancel()
            watch(.spared(probe.revision))
        }
        if let ahead, !search.isWorthBooting(ahead.revision) {
            ahead.task.cancel()
            self.ahead = nil
        }
    }
}

extension ProbeAnswer.Why {
    fileprivate var kind: SkipReason.Kind {
        switch self {
        case .notBuilt: .doesNotBuild
        case .notBooted: .doesNotBoot
        case .notJudged: .cannotBeJudged
        case .otherSymptom: .otherSymptom
        }
    }
}
