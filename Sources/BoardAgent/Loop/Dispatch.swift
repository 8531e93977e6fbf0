// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

extension Agent {
    /// Answers one frame, whatever it holds.
    func respond(to frame: Frame) -> Frame {
        guard frame.version == .current else {
            return frame.refused(.version(agent: .current, controller: frame.version))
        }
        let isSkipped = frame.kind.isOnlyAfterSuccess && !hasSucceeded
        hasSucceeded = false
        guard let kind = RequestKind(rawValue: frame.kind.requestNumber) else {
            return frame.refused(.unknownRequest(kind: frame.kind.rawValue))
        }
        if isSkipped { return frame.refused(.skipped) }
        log = CallLog()
        return respond(to: frame, kind)
    }

    private func respond(to frame: Frame, _ kind: RequestKind) -> Frame {
        switch kind {
        case .hello: answer(frame, hello)
        case .openContainer: answer(frame, openContainer)
        case .setIOMMU: answer(frame, setIOMMU)
        case .containerInfo: answer(frame, containerInfo)
        case .map: answer(frame, map)
        case .unmap: answer(frame, unmap)
        case .unmapAll: answer(frame, unmapAll)
        case .closeContainer: answer(frame, closeContainer)
        case .openGroup: answer(frame, openGroup)
        case .attachGroup: answer(frame, attachGroup)
        case .detachGroup: answer(frame, detachGroup)
        case .closeGroup: answer(frame, closeGroup)
        case .openDevice: answer(frame, openDevice)
        case .readRegion: answer(frame, readRegion)
        case .readConfig: answer(frame, readConfig)
        case .setBusMaster: answer(frame, setBusMaster)
        case .resetDevice: answer(frame, resetDevice)
        case .readMSIXTable: answer(frame, readMSIXTable)
        case .closeDevice: answer(frame, closeDevice)
        case .interruptInfo: answer(frame, interruptInfo)
        case .enable: answer(frame, enable)
        case .disable: answer(frame, disable)
        case .loopback: answer(frame, loopback)
        case .counts: answer(frame, counts)
        case .ring: answer(frame, ring)
        case .traffic: answer(frame, traffic)
        case .maskVector: answer(frame, maskVector)
        case .disturb: answer(frame, disturb)
        case .transfer: answer(frame, transfer)
        case .readHostMSIXTable: answer(frame, readHostMSIXTable)
        case .endProcess: answer(frame, endProcess)
        case .rearmTimers: answer(frame, rearmTimers)
        case .releaseAll: answer(frame, releaseAll)
        case .readFile: answer(frame, readFile)
        case .writeFile: answer(frame, writeFile)
        case .handlePath: answer(frame, handlePath)
        case .readKernelLog: answer(frame, readKernelLog)
        }
    }

    private func answer<Request: AgentRequest>(
        _ frame: Frame, _ handler: (Request) throws(Trouble) -> Request.Answer
    ) -> Frame {
        let request: Request
        do throws(WireError) {
            request = try Request(payload: frame.payload)
        } catch {
            return frame.refused(.malformed(offset: UInt32(error.offset)))
        }
        do throws(Trouble) {
            let answer = try handler(request)
            hasSucceeded = true
            return frame.answered(Request.kind, Reply(answer, calls: log.records))
        } catch {
            return refusal(of: Request.self, frame, error)
        }
    }

    private func refusal<Request: AgentRequest>(
        of _: Request.Type, _ frame: Frame, _ trouble: Trouble
    ) -> Frame {
        switch trouble {
        case .kernel(let call, let errno):
            frame.answered(
                Request.kind,
                Reply<Request.Answer>(failed: call, errno: errno, calls: log.records))
        case .refused(let refusal):
            frame.refused(refusal, calls: log.records)
        }
    }
}

extension Frame {
    fileprivate func answered(_ kind: RequestKind, _ reply: some WireValue) -> Frame {
        Frame(kind: .answer(kind), request: request, payload: reply.payload)
    }

    fileprivate func refused(_ refusal: Refusal, calls: [CallRecord] = []) -> Frame {
        Frame(
            kind: .refused, request: request,
            payload: RefusedRequest(refusal, calls: calls).payload)
    }
}
