// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    /// Against the emulator of sushy-tools, whose systems take up to eleven seconds to change.
    @Suite struct RedfishPowerTests {
        @Test func everyActionIsReadBackOverTLSWithAPassword() async throws {
            try await RedfishEmulator.run { emulator in
                let power = try emulator.power()
                #expect(try await power.state(deadline: soon) == .off)
                let on = try await power.on(deadline: soon)
                #expect(on == PowerReading(state: .on, isConfirmed: true))
                #expect(try await power.on(deadline: soon).state == .on, "twice is no error")
                let off = try await power.off(deadline: soon)
                #expect(off == PowerReading(state: .off, isConfirmed: true))
                #expect(emulator.service.log.contains("ComputerSystem.Reset"))
            }
        }

        @Test func whoIsNotLetInIsTold() async throws {
            try await RedfishEmulator.run { emulator in
                let error = try await #require(throws: WebError.self) {
                    try await emulator.power(password: "wrong").on(deadline: soon)
                }
                #expect(error.kind == .bench)
                #expect("\(error)".contains("does not accept the user or the password"))
                let stranger = try await #require(throws: WebError.self) {
                    try await emulator.power(system: "nobody").on(deadline: soon)
                }
                #expect("\(stranger)".contains("HTTP status 404"), "\(stranger)")
            }
        }

        @Test func aServiceWithAnotherCertificateGetsNoPassword() async throws {
            try await RedfishEmulator.run { emulator in
                try await makeCertificate(in: emulator.folder, named: "other")
                let error = try await #require(throws: WebError.self) {
                    try await emulator.power(certificate: "other.pem").on(deadline: soon)
                }
                #expect("\(error)".contains("certificate"), "\(error)")
                #expect(!emulator.service.log.contains("GET /redfish"), "nothing was asked")
            }
        }

        @Test func whatTakesLongerThanItsBudgetIsNamed() async throws {
            try await RedfishEmulator.run { emulator in
                let power = try emulator.power()
                try await power.on(deadline: soon)
                let limit = Deadline.after(.milliseconds(900), for: "the power")
                // The change takes a second at least: the time is over before it is read back.
                let error = try await #require(throws: PowerError.self) {
                    try await power.off(deadline: limit)
                }
                #expect("\(error)".contains("state reads on, where off was wanted"), "\(error)")
            }
        }
    }
}

/// The Redfish emulator of sushy-tools with one system, TLS and a user.
private struct RedfishEmulator: Sendable {
    static let system = "27946b59-9e44-4fa7-8e91-f3527a1ef094"

    let folder: FilePath
    let port: UInt16
    let service: LoopbackService

    func power(
        password: String = "password", system: String = system, certificate: String = "bmc.pem"
    ) throws -> PowerSwitch {
        let access = RedfishAccess(
            url: "https://127.0.0.1:\(port)", system: system, user: "lab",
            passwordFile: SecretFile(folder.appending(password)),
            certificate: folder.appending(certificate))
        return PowerSwitch(
            board: try #require(BoardName("loopback")), driver: RedfishPower(access))
    }

    static func run(
        _ body: @escaping @Sendable (RedfishEmulator) async throws -> Void
    ) async throws {
        let program = try PythonTools.program("sushy-emulator")
        try await LoopbackService.withFolder { folder in
            let port = try FreePort.find()
            try folder.write("s\\e\"c ret\n", to: "password")
            try folder.write("guess\n", to: "wrong")
            try await makeCertificate(in: folder, named: "bmc")
            try await makeUser(in: folder)
            try folder.write(configuration(folder, port), to: "sushy.conf")
            let arguments = ["--config", "\(folder)/sushy.conf"]
            try await LoopbackService.run(program, arguments, in: folder) { service in
                try await LoopbackService.waitUntilItListens(at: port)
                try await body(RedfishEmulator(folder: folder, port: port, service: service))
            }
        }
    }

    private static func configuration(_ folder: FilePath, _ port: UInt16) -> String {
        """
        SUSHY_EMULATOR_LISTEN_IP = '127.0.0.1'
        SUSHY_EMULATOR_LISTEN_PORT = \(port)
        SUSHY_EMULATOR_SSL_CERT = '\(folder)/bmc.pem'
        SUSHY_EMULATOR_SSL_KEY = '\(folder)/bmc.key'
        SUSHY_EMULATOR_AUTH_FILE = '\(folder)/users'
        SUSHY_EMULATOR_FAKE_DRIVER = True
        SUSHY_EMULATOR_STATE_DIR = '\(folder)'

        """
    }

    /// The emulator wants the hash of the password, in the form of Apache's htpasswd.
    private static func makeUser(in folder: FilePath) async throws {
        let script = """
            import bcrypt, sys
            password = open("password", "rb").readline().rstrip(b"\\n")
            print("lab:" + bcrypt.hashpw(password, bcrypt.gensalt(4)).decode())
            """
        let line = try await Tool.run(
            PythonTools.program("python3"), ["-c", script], directory: folder, deadline: soon
        ).succeeded().text
        try folder.write(line, to: "users")
    }
}

/// Makes a key and a certificate for this machine that nobody has signed.
private func makeCertificate(in folder: FilePath, named name: String) async throws {
    _ = try await Tool.run(
        "openssl",
        [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bmc",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(folder)/\(name).key", "-out",
            "\(folder)/\(name).pem",
        ], deadline: soon
    ).succeeded()
}
