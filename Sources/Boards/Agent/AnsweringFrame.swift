// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol

extension Frame {
    /// Checks that this frame answers or refuses a request of this kind, and gives the refusal that
    /// ends all talk: the agent speaks another version.
    func checkAnswers(_ kind: RequestKind) throws(AgentError.Cause) {
        switch self.kind {
        case .answer(kind): return
        case .refused:
            // What else is wrong with it is told to who asks for the answer.
            guard let refused = try? RefusedRequest(payload: payload),
                case .version(let agent, let controller) = refused.refusal
            else { return }
            throw .otherVersion(agent: agent, controller: controller)
        default: throw .unexpected(self)
        }
    }

    /// Reads the answer, or throws why the agent gave none.
    func reply<Request: AgentRequest>(
        of _: Request.Type
    ) throws(AgentError.Cause) -> Reply<Request.Answer> {
        guard kind != .refused else {
            let refused: RefusedRequest = try read()
            throw .refused(refused)
        }
        return try read()
    }

    private func read<Value: WireValue>() throws(AgentError.Cause) -> Value {
        do throws(WireError) {
            return try Value(payload: payload)
        } catch {
            throw .unreadable(error, frame: self)
        }
    }
}
