import Console
import Features
import Foundation
import JSON
import Logging
import Server
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

/// The main job, whole: real sales records in by one command of the console over a real socket, board and
/// funnel out. `VORONKA_SALES_DATA` names the folder of the records.
@Suite("The console imports the real sales data")
struct SalesImportTests {
  private static let folder = ProcessInfo.processInfo.environment["VORONKA_SALES_DATA"]

  @Test(
    "One command brings everything in; board and funnel show the known totals",
    .enabled(if: folder != nil, "skipped: VORONKA_SALES_DATA names no folder with the sales data"))
  func oneCommand() async throws {
    let folder = try #require(Self.folder)
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let login = try await installation.client().call(
      "auth.login",
      [
        "tenant": "mebel", "email": "owner@mebel.example",
        "password": .string(TestCompany.password),
      ])
    let token = try #require(login["token"]?.string)
    let rejected = NSTemporaryDirectory() + "/voronka-rejected-" + UUID().uuidString + ".csv"
    try await serving(installation) { address in
      var settings = ImportCommand.Settings()
      settings.rejected = rejected
      let command = ImportCommand(folder: folder, settings: settings)
      let first = await run(command, address, token)
      #expect(first.succeeded, "\(first.errors)")
      #expect(first.totals["deal"] == [8800, 0, 0])
      #expect(first.totals["company"] == [85, 0, 0])
      #expect(first.totals["product"] == [7, 0, 0])
      // 35 agents, then their 6 managers as the leads of their teams.
      #expect(first.totals["person"] == [41, 0, 0])

      let again = await run(command, address, token)
      #expect(again.succeeded, "\(again.errors)")
      #expect(again.totals["deal"] == [0, 8800, 0])

      let board = await run(
        BoardCommand(pipeline: "Sales", cardsPerStage: 3), address, token
      ).json
      #expect(board["stages"]?.array?.map { $0["count"] } == [500, 1589, 4238, 2473])
      let whole = await run(FunnelCommand(pipeline: "Sales", filter: .init()), address, token).json
      #expect(whole["totals"]?["created"] == 8800)
      #expect(whole["totals"]?["won_amount"]?["amount"] == "10005534.00")
      var filter = FunnelCommand.Filter()
      filter.team = "Melvin Marxen"
      let team = await run(FunnelCommand(pipeline: "Sales", filter: filter), address, token).json
      #expect(team["totals"]?["won"] == 882)
      #expect(team["totals"]?["won_amount"]?["amount"] == "2251930.00")
    }
    #expect(!FileManager.default.fileExists(atPath: rejected))
    let teams = try await company.owner.call("team.list")
    #expect(teams["items"]?.array?.count == 9)
  }

  /// What a command printed and how it ended.
  private struct Run {
    let succeeded: Bool
    let json: JSON
    let errors: String

    /// Accepted, unchanged and rejected rows by kind.
    var totals: [String: [Int64?]] {
      Dictionary(
        (json["totals"]?.object?.members ?? []).map { kind in
          (kind.name, ["accepted", "unchanged", "rejected"].map { kind.value[$0]?.int64 })
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  private func run(_ command: some ConsoleCommand, _ address: String, _ token: String) async -> Run
  {
    let (printed, said) = (Texts(), Texts())
    var options = ConsoleOptions()
    options.server = address
    options.token = token
    options.output = .json
    options.assumesYes = true
    let context = ConsoleContext(
      options: options, environment: [:],
      terminal: Terminal(hasInput: false, hasOutput: false, hasErrors: false, width: nil),
      input: ConsoleInput(readLine: { nil }, readSecret: { nil }, readAll: { "" }),
      output: TextSink { printed.add($0) }, errors: TextSink { said.add($0) })
    let status = await Console.run(command, in: context)
    let json = (try? JSONReader().read(printed.text)) ?? .null
    return Run(succeeded: status == .success, json: json, errors: said.text)
  }

  /// Serves an installation on a port of its own for as long as the closure runs.
  private func serving(
    _ installation: TestInstallation, _ body: (String) async throws -> Void
  ) async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = Server(
      configuration: ServerConfiguration(
        listeners: [.plain(Endpoint(host: "127.0.0.1", port: 0))]), logger: logger
    ) { installation.dispatcher.makeHandler($0) }
    let group = ServiceGroup(services: [server], logger: logger)
    let running = Task { try await group.run() }
    do {
      try await body("\(try await server.boundAddresses[0])")
    } catch {
      await group.triggerGracefulShutdown()
      try? await running.value
      throw error
    }
    await group.triggerGracefulShutdown()
    try await running.value
  }
}

/// Gathers what is printed.
private final class Texts: Sendable {
  private let gathered = Mutex("")

  var text: String { gathered.withLock { $0 } }

  func add(_ text: String) { gathered.withLock { $0 += text } }
}
