// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Testing

/// The lines are those that ipmitool 1.8.19 and conserver 8.2.7 were seen to write.
@Suite("What a console's client says by itself")
struct ClientSpeechTests {
    private static let session = """
        [SOL Session operational.  Use ~? for help]
        [    0.000000] Booting Linux
        [SOLID] said the board
        # 
        """

    private func pieces(
        _ text: String, _ speech: ClientSpeech, cut: Int
    ) -> (board: String, client: [String]) {
        var speech = speech
        let bytes = Array(text.utf8)
        let all = speech.take(bytes[..<cut]) + speech.take(bytes[cut...]) + speech.finish()
        var (board, client): ([UInt8], [String]) = ([], [])
        for piece in all {
            switch piece {
            case .board(let more): board += more
            case .client(let line): client.append(line)
            }
        }
        return (String(decoding: board, as: UTF8.self), client)
    }

    @Test("is told from the board's words, however the bytes are cut")
    func everyCut() {
        let text = Self.session
        for cut in 0...text.utf8.count {
            let found = pieces(text, .ipmitool, cut: cut)
            let banner = "[SOL Session operational.  Use ~? for help]"
            #expect(found.client == [banner], "cut at \(cut)")
            #expect(
                found.board == "[    0.000000] Booting Linux\n[SOLID] said the board\n# ",
                "cut at \(cut)")
        }
    }

    @Test("stands at the beginning of a line, is whole, and is not long")
    func doubts() {
        let within = "login: [Enter `^Ec?' for help]\r\n"
        #expect(pieces(within, .conserver, cut: 3).client == [])
        #expect(pieces(within, .conserver, cut: 3).board == within)
        let endless = "[-- " + String(repeating: "x", count: 500) + "]\n"
        #expect(pieces(endless, .conserver, cut: 100).board == endless)
        let cutOff = "[Enter `^Ec?' for he"
        #expect(pieces(cutOff, .conserver, cut: 5).board == cutOff)
        let carriage = "[Enter `^Ec?' for help]\r\n[spying]\r\n[    1.0] a\r\n"
        let banners = ["[Enter `^Ec?' for help]", "[spying]"]
        #expect(pieces(carriage, .conserver, cut: 9).client == banners)
        #expect(pieces(carriage, .conserver, cut: 9).board == "[    1.0] a\r\n")
    }

    @Test("is nothing in garbage, of which no byte is lost")
    func garbage() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let alphabet = Array("[-E`spy] \r\n'".utf8)
            let bytes = (0..<60).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            var speech = ClientSpeech.conserver
            let pieces = bytes.flatMap { speech.take([$0]) } + speech.finish()
            var whole = ClientSpeech.conserver
            let once = whole.take(bytes) + whole.finish()
            func flat(_ pieces: [ClientSpeech.Piece]) -> [UInt8] {
                pieces.flatMap { piece -> [UInt8] in
                    if case .board(let more) = piece { return more }
                    return [0]
                }
            }
            #expect(flat(pieces) == flat(once), "\(bytes)")
        }
    }
}
