internal import Foundation
internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// The real program with all its doors open: TLS, Unix socket, the operator's HTTP port, the log.
@Suite("The server program", .timeLimit(.minutes(10)))
struct ServingTests {
  private struct Doors {
    let server: RunningServer
    let certificate: ServerCertificate
    let socket: String
  }

  private func open(_ more: [String] = []) async throws -> Doors {
    let folder = try ServerFolder()
    let certificate = try await ServerCertificate(in: folder.path)
    let socket = folder.path + "/console.sock"
    let server = try await RunningServer.start(
      [
        "--tls-listen", "127.0.0.1:0", "--tls-certificate", certificate.file, "--tls-key",
        certificate.key, "--unix-socket", socket, "--metrics-listen", "127.0.0.1:0",
      ] + more, in: folder)
    return Doors(server: server, certificate: certificate, socket: socket)
  }

  private func trusting(_ certificate: [UInt8]) -> ConnectionOptions {
    ConnectionOptions(authorities: .pem(bytes: certificate), serverName: "localhost")
  }

  @Test("Over TLS, the Unix socket and plain text the same company answers")
  func doors() async throws {
    let doors = try await open()
    let server = doors.server
    let company = try await WireCompany.make("doors", on: server)
    _ = try await company.owner.call(
      "deal.create", ["pipeline": .integer(company.pipeline), "title": "Kitchen"])
    let certificate = try doors.certificate.bytes()
    for (address, options) in [
      (try server.address(), ConnectionOptions()),
      (try server.tlsAddress(), trusting(certificate)),
      (ServerAddress.unix(path: doors.socket), ConnectionOptions()),
    ] {
      let connection = try await server.connect(to: address, options)
      let hello = try await connection.call("system.hello", ["protocol": 1])
      #expect(hello["protocol"] == 1)
      let before = await #expect(throws: RPCError.self) { try await connection.call("deal.list") }
      #expect(before?.code == 1001)
      _ = try await connection.call("auth.login", WireCompany.login("doors"))
      let deals = try await connection.call("deal.list")
      #expect(deals["items"]?[0]?["title"] == "Kitchen", "\(address)")
      await connection.close()
    }
    await #expect(throws: ConnectionError.self, "another certificate is trusted") {
      try await server.connect(
        to: try server.tlsAddress(),
        trusting(try await ServerCertificate(in: doors.server.folder.path, name: "x").bytes()))
    }
    #expect(await server.stop() == .exited(0))
    #expect(!FileManager.default.fileExists(atPath: doors.socket))
  }

  @Test("SIGHUP reads the certificate anew and drops no connection")
  func reload() async throws {
    let doors = try await open()
    let server = doors.server
    let old = try doors.certificate.bytes()
    let address = try server.tlsAddress()
    let before = try await server.connect(to: address, trusting(old))
    _ = try await before.call("system.ping")
    try await doors.certificate.renew()
    let new = try doors.certificate.bytes()
    server.signal(SIGHUP)
    #expect(await server.logLine(with: "certificates read anew") != nil)
    let after = try await server.connect(to: address, trusting(new))
    _ = try await after.call("system.ping")
    await #expect(throws: ConnectionError.self) {
      try await server.connect(to: address, trusting(old))
    }
    _ = try await before.call("system.ping")
    #expect(await server.stop() == .exited(0))
  }

  @Test(
    "Liveness, readiness and figures are served for the operator; figures tell no company's words")
  func metrics() async throws {
    let doors = try await open()
    let company = try await WireCompany.make("figures", on: doors.server)
    _ = try await company.owner.call(
      "deal.create", ["pipeline": .integer(company.pipeline), "title": "SecretTitle"])
    let url = try doors.server.metricsURL()
    let get = { (path: String) in
      try await Program.run(
        "/usr/bin/env", ["curl", "-s", "-w", "\n%{http_code}", url + path]
      ).output
    }
    #expect(try await get("/livez").hasSuffix("200"))
    #expect(try await get("/readyz").hasSuffix("200"))
    let figures = try await get("/metrics")
    #expect(
      figures.contains(#"voronka_requests_total{method="deal.create",outcome="ok"} 1"#))
    #expect(!figures.contains("SecretTitle") && !figures.contains("figures"))
    #expect(await doors.server.stop() == .exited(0))
  }

  @Test("The log, at its most talkative, holds no password, token or parameter")
  func log() async throws {
    let doors = try await open(["--log-level", "trace"])
    let server = doors.server
    let company = try await WireCompany.make("logs", on: server)
    let marker = "Marker7391"
    let owner = company.owner
    let refused = { (method: String, parameters: JSON) in
      _ = await #expect(throws: RPCError.self) { try await owner.call(method, parameters) }
    }
    _ = try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(company.pipeline), "title": .string(marker),
        "contact": ["name": .string(marker), "email": .string("\(marker)@client.example")],
        "idempotency_key": .string(marker),
      ])
    await refused("deal.create", ["title": .string(marker), "pipeline": .string(marker)])
    await refused("deal.create", .object(["title": .string(marker), marker: 1]))
    await refused(marker, [:])
    await refused("auth.token", ["token": .string(marker)])
    await refused(
      "auth.login",
      [
        "tenant": .string(marker.lowercased()), "email": .string("\(marker)@a.example"),
        "password": .string(marker),
      ])
    _ = try await owner.call("reason.create", ["kind": "loss", "name": .string(marker)])
    await refused("reason.create", ["kind": "loss", "name": .string(marker)])
    _ = try await owner.call(
      "user.create",
      [
        "email": .string("\(marker)@logs.example"), "name": "X",
        "password": .string("by heart \(marker)"),
      ])
    await refused(
      "user.create",
      [
        "email": .string("\(marker)@logs.example"), "name": "X",
        "password": .string("by heart \(marker)"),
      ])
    guard case .tcp(_, let port) = try server.address() else { return }
    let bad = [#"{"jsonrpc":"2.0","method":"\#(marker)"#, marker, #"["\#(marker)"]"#]
    // The server answers what had come, and closes.
    let raw = try await RawLines.exchange(bad, port: port) { server.signal(SIGTERM) }
    #expect(await server.ending == .exited(0))
    #expect(raw.split(separator: UInt8(ascii: "\n")).count <= 3)
    let log = await server.log
    #expect(log.contains("deal.create"), "control: the log tells of requests")
    #expect(!log.lowercased().contains(marker.lowercased()))
    for secret in [
      WireCompany.password, company.token, try server.folder.operatorToken(),
    ] {
      #expect(!log.contains(secret))
    }
  }
}
