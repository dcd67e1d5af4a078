import Foundation
import JSONRPC
import NIOSSL
import Synchronization
import Testing

@testable import Server

@Suite("TLS", .timeLimit(.minutes(10)))
struct TLSTests {
  private static let anywhere = Endpoint(host: "127.0.0.1", port: 0)

  @Test("Over TLS requests are answered, also those before a half-close")
  func answers() async throws {
    let certificate = try TestCertificate()
    try await TestServer.run(listeners: [.tls(Self.anywhere, certificate.files)]) { test in
      let client = try await WireClient.connect(
        to: test.address, tls: TestCertificate.client())
      #expect(try await client.ask(ping(1)) == pong(1))
      try await client.send(
        request("hold", #"{"name":"a"}"#, id: 2) + "\n"
          + request("big", #"{"bytes":3000000}"#, id: 3) + "\n" + ping(4))
      try await client.finishSending()
      await test.script.signals.wait("holding a")
      test.script.signals.raise("release a")
      let replies = await client.rest()
      #expect(
        replies.map(\.utf8.count) == [
          result(#""a""#, id: 2).utf8.count, 3_000_036, pong(4).utf8.count,
        ])
      #expect(test.script.clients.map(\.isEncrypted) == [true])
    }
  }

  @Test("A last line that TLS did not vouch for is not carried out: somebody may have cut it off")
  func truncation() async throws {
    let certificate = try TestCertificate()
    try await TestServer.run(listeners: [.tls(Self.anywhere, certificate.files)]) { test in
      let client = try await WireClient.connect(to: test.address, tls: TestCertificate.client())
      let note = { (text: String) in
        #"{"jsonrpc":"2.0","method":"note","params":{"text":"\#(text)"}}"#
      }
      try await client.send(note("whole") + "\n" + note("cut off"))
      try await client.finishSendingWithoutFarewell()
      await test.script.signals.wait("closed 1")
      #expect(test.script.diary == ["whole"])
    }
  }

  @Test("TLS 1.2 is spoken, TLS 1.1 is not")
  func versions() async throws {
    let certificate = try TestCertificate()
    try await TestServer.run(listeners: [.tls(Self.anywhere, certificate.files)]) { test in
      let old = try await WireClient.connect(
        to: test.address, tls: TestCertificate.client(maximum: .tlsv11))
      old.post(ping(1) + "\n")
      #expect(await old.line() == nil)
      let current = try await WireClient.connect(
        to: test.address, tls: TestCertificate.client(maximum: .tlsv12))
      #expect(try await current.ask(ping(1)) == pong(1))
    }
  }

  @Test("A client that speaks no TLS harms nobody")
  func plainClient() async throws {
    let certificate = try TestCertificate()
    try await TestServer.run(listeners: [.tls(Self.anywhere, certificate.files)]) { test in
      let plain = try await WireClient.connect(to: test.address)
      plain.post(ping(1) + "\n")
      // Whatever comes is TLS's own alert, and no reply.
      #expect(await plain.rest().allSatisfy { !$0.contains("pong") })
      let client = try await WireClient.connect(to: test.address, tls: TestCertificate.client())
      #expect(try await client.ask(ping(1)) == pong(1))
    }
  }

  @Test("A handshake that does not come is not waited for longer than ten seconds")
  func handshakeTimeout() async throws {
    let certificate = try TestCertificate()
    try await TestServer.run(listeners: [.tls(Self.anywhere, certificate.files)]) { test in
      let silent = try await WireClient.connect(to: test.address)
      let client = try await WireClient.connect(to: test.address, tls: TestCertificate.client())
      #expect(try await client.ask(ping(1)) == pong(1))
      test.clock.advance(by: .seconds(10))
      #expect(await silent.line() == nil)
      #expect(try await client.ask(ping(2)) == pong(2))
      #expect(test.script.clients.count == 1)
    }
  }

  @Test("A new certificate is used for new connections while the open ones go on")
  func reload() async throws {
    let certificate = try TestCertificate()
    let seen = Mutex<[[UInt8]]>([])
    let first = try certificate.bytes()
    try await TestServer.run(listeners: [.tls(Self.anywhere, certificate.files)]) { test in
      let connect = {
        try await WireClient.connect(to: test.address, tls: TestCertificate.client()) { bytes in
          seen.withLock { $0.append(bytes) }
        }
      }
      let before = try await connect()
      #expect(try await before.ask(ping(1)) == pong(1))

      try certificate.renew()
      try test.server.reloadCertificates()
      let after = try await connect()
      #expect(try await after.ask(ping(2)) == pong(2))
      #expect(try await before.ask(ping(3)) == pong(3))
      let second = try certificate.bytes()
      #expect(first != second)

      try Data("no certificate".utf8).write(to: URL(fileURLWithPath: certificate.files.certificate))
      let error = #expect(throws: ServerError.self) { try test.server.reloadCertificates() }
      #expect(error?.code == .certificate)
      #expect(error?.message.contains(certificate.files.certificate) == true)
      let later = try await connect()
      #expect(try await later.ask(ping(4)) == pong(4))
      #expect(seen.withLock { $0 } == [first, second, second])
    }
  }

  @Test("A key that does not belong to the certificate is refused at the start")
  func wrongKey() async throws {
    let one = try TestCertificate()
    let other = try TestCertificate()
    let files = CertificateFiles(certificate: one.files.certificate, key: other.files.key)
    let error = await #expect(throws: ServerError.self) {
      try await TestServer.run(listeners: [.tls(Self.anywhere, files)]) { _ in }
    }
    #expect(error?.code == .certificate)
  }
}
