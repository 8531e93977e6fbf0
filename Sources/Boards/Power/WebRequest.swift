// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SystemPackage
import Vocabulary

/// One HTTP request, made by curl: it knows TLS, and takes all that is secret on standard input.
struct WebRequest {
    /// A user and a password for basic authentication.
    struct Login {
        let user: String
        let password: String
    }

    let url: String
    /// Who is asked, for messages: `the Redfish service at https://10.0.0.7`.
    let title: String
    /// What for, as the end of "could not …".
    let action: String
    var login: Login?
    /// What the server's certificate must be signed with or be, instead of what the system trusts.
    var certificate: FilePath?
    /// Sent with POST; without, the request is a GET.
    var body: String?

    /// Asks, and gives the answer whatever its status.
    /// - Throws: `WebError` when no answer came; `ToolFailure` when curl could not be run.
    func answer(deadline: Deadline) async throws -> WebAnswer {
        let output = try await Tool.run(
            "curl", ["--disable", "--config", "-"], input: Array(configuration(deadline).utf8),
            deadline: deadline)
        guard output.status == .exited(0) else {
            throw WebError(title: title, action: action, cause: .noAnswer(Self.complaint(output)))
        }
        // The status is what curl was told to write behind the body.
        let text = output.text
        guard let end = text.lastIndex(of: "\n"), let status = Int(text[end...].dropFirst()) else {
            throw WebError(title: title, action: action, cause: .noAnswer("curl told no status"))
        }
        return WebAnswer(status: status, body: String(text[..<end]))
    }

    /// Asks, and gives the body of an answer with a status of success.
    /// - Throws: `WebError`, `ToolFailure`.
    func success(deadline: Deadline) async throws -> String {
        let answer = try await answer(deadline: deadline)
        guard (200..<300).contains(answer.status) else {
            throw WebError(
                title: title, action: action,
                cause: .refused(status: answer.status, said: answer.shortBody))
        }
        return answer.body
    }

    /// Of a proxy in the environment nothing is wanted: power is switched on the lab's own network.
    private func configuration(_ deadline: Deadline) -> String {
        let seconds = max(1, Int((deadline.remaining / .seconds(1)).rounded(.up)))
        var lines = [
            "silent", "show-error", "globoff", "noproxy = \"*\"", "proto = \"=http,https\"",
            "max-time = \(seconds)", "max-filesize = 1000000", "write-out = \"\\n%{http_code}\"",
            "url = \(Self.quoted(url))",
        ]
        if let login {
            lines += ["basic", "user = \(Self.quoted("\(login.user):\(login.password)"))"]
        }
        if let certificate { lines.append("cacert = \(Self.quoted(certificate.string))") }
        if let body {
            lines += [
                "request = \"POST\"", "header = \"Content-Type: application/json\"",
                "data-raw = \(Self.quoted(body))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As curl's manual has it for `--config`: a backslash before quotes and backslashes.
    private static func quoted(_ text: String) -> String {
        let escaped = text.map { character in
            switch character {
            case "\"", "\\": "\\\(character)"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func complaint(_ output: ToolOutput) -> String {
        let text = String(decoding: output.standardError, as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init)
        return line ?? "curl: \(output.status)"
    }
}

/// What a web server answered.
struct WebAnswer {
    let status: Int
    let body: String

    /// The beginning of the body on one line, for a message.
    var shortBody: String {
        String(body.prefix(300)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
