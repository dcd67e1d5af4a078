internal import ArgumentParser
internal import Demo
internal import Features
internal import Foundation
internal import JSON
internal import Logging
internal import SalesRules
internal import VoronkaClient

/// `voronkad demo`: the demo company, or many companies for benchmarks, over the wire.
struct DemoCompany: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Make the demo company on a running server.",
    discussion: "What was begun and cut off is finished by the next run.")

  @Option(help: "The data folder, for the operator's token.")
  var data: String

  @Option(help: "The server: HOST:PORT, tls://HOST:PORT or unix:/PATH.")
  var server = "127.0.0.1:7420"

  @Option(help: "The company's language: ru or en.")
  var language = "ru"

  @Option(help: "The seed; one seed makes one company.")
  var seed: UInt64 = 1

  @Option(help: "How many deals.")
  var deals: Int?

  @Option(help: "Everybody's password; random ones without it.")
  var password: String?

  @Option(help: "Make so many companies for a benchmark instead.")
  var benchmarkTenants: Int?

  func run() async throws {
    var logger = Logger(
      label: "voronkad.demo", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .warning
    do {
      try await make()
    } catch {
      logger.critical(
        "the demo company is not complete; run this again", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }

  private func make() async throws {
    let path = URL(fileURLWithPath: data).standardizedFileURL.path + "/operator.token"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw StartFailure(
        "\(path), with the operator's token, can't be read: name the data folder of a server that "
          + "has started, as a user who may read it")
    }
    let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let connection = try await ServerConnection.connect(to: try ServerAddress(parsing: server))
    _ = try await connection.call("auth.token", ["token": .string(token)])
    let passwords = password.map { DemoPasswords.given($0) } ?? .derived(fromSecret: token)
    let say: @Sendable (String) -> Void = { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
    if let benchmarkTenants {
      try await BenchmarkBuilder(connection, passwords: passwords, say: say).build(
        tenants: benchmarkTenants, deals: deals ?? 5000, seed: seed, now: WallClock.system.now)
    } else {
      var settings = FurnitureSettings()
      settings.seed = seed
      settings.language = Language(rawValue: language) ?? .ru
      if let deals { settings.deals = deals }
      let accounts = try await DemoBuilder(connection, passwords: passwords, say: say).build(
        settings, now: WallClock.system.now)
      print(accounts.text)
    }
    await connection.close()
  }
}
