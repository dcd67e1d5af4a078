internal import Demo
internal import Foundation
internal import JSON
internal import LocalPostgres
internal import Postgres
internal import SalesRules
internal import VoronkaClient

/// The installation that is measured: a server, its database, and the companies in it.
final class BenchmarkInstallation {
  private let program: String
  let options: BenchmarkOptions
  let engine: Engine
  private let say: @Sendable (String) -> Void

  private(set) var server: ServerChild
  /// As the superuser.
  private(set) var database: DedicatedConnection

  private init(
    program: String, options: BenchmarkOptions, engine: Engine, server: ServerChild,
    database: DedicatedConnection, say: @escaping @Sendable (String) -> Void
  ) {
    self.program = program
    self.options = options
    self.engine = engine
    self.server = server
    self.database = database
    self.say = say
  }

  /// Starts the server, and with it its database.
  static func open(
    program: String, options: BenchmarkOptions, say: @escaping @Sendable (String) -> Void
  ) async throws -> BenchmarkInstallation {
    // Others may pass through, as PostgreSQL's user must.
    try FileManager.default.createDirectory(
      atPath: options.folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o711])
    let engine = try Engine()
    let server = try await ServerChild.start(program: program, folder: options.folder)
    do {
      return BenchmarkInstallation(
        program: program, options: options, engine: engine, server: server,
        database: try await connect(options.folder, engine), say: say)
    } catch {
      await server.stop()
      throw error
    }
  }

  /// Stops everything.
  func close() async {
    await database.close()
    await server.stop()
  }

  /// A server that has done nothing yet.
  func restart() async throws {
    await close()
    server = try await ServerChild.start(program: program, folder: options.folder)
    database = try await Self.connect(options.folder, engine)
  }

  private static func connect(
    _ folder: String, _ engine: Engine
  ) async throws -> DedicatedConnection {
    var settings = try settings(folder, for: BootstrapStatements.superuser)
    settings.statementTimeout = nil
    settings.sessionParameters["search_path"] = BootstrapStatements.schema
    return try await DedicatedConnection.connect(settings, engine: engine)
  }

  /// A connection as the role that serves.
  func application(searchPath: String) async throws -> DedicatedConnection {
    var settings = try Self.settings(options.folder, for: BootstrapStatements.application)
    settings.statementTimeout = nil
    settings.sessionParameters["search_path"] = searchPath
    return try await DedicatedConnection.connect(settings, engine: engine)
  }

  static func settings(
    _ folder: String, for role: String
  ) throws -> ConnectionSettings {
    guard let settings = LocalPostgres.runningSettings(in: folder, for: role) else {
      throw BenchmarkError("the server runs no PostgreSQL in \(folder)")
    }
    return settings
  }

  /// Fills the installation if it is empty, and makes it as the measurements need it.
  func prepare(at now: Timestamp) async throws -> Ground {
    let counted = try await database.execute([GroundStatements.tenants()])
    let present = try counted[0].first?.integer(2) ?? 0
    if present == 0 {
      try await fill(Filler(options: options, now: now, say: say))
    } else if present != Int64(options.tenants) {
      throw BenchmarkError(
        "\(options.folder) holds \(present) companies: say --tenants \(present), or name another folder"
      )
    }
    let deals = Parameter.integer(options.deals)
    let behind = try await database.execute([PreparationStatements.countBehind(deals)])
    if try behind[0].first?.integer(0) != 0 { say("clearing away what earlier runs created") }
    _ = try await database.execute(
      [
        FillStatements.withoutChecks()
      ] + clearing + (options.hasFields ? Filler(options: options, now: now, say: say).leads : [])
        + [
          PreparationStatements.joinTeams(), PreparationStatements.sharePasswords(),
          PreparationStatements.openEveryFourth(deals), PreparationStatements.alignVersions(),
        ])
    _ = try await database.executeScript(PreparationStatements.settle)
    return try await Ground.read(database, deals: options.deals)
  }

  /// What takes away everything behind the deals that were filled in.
  private var clearing: [BoundStatement] {
    [
      PreparationStatements.clearHistories, PreparationStatements.clearStays,
      PreparationStatements.clearWords,
      PreparationStatements.clearDeals,
    ].map { $0(.integer(options.deals)) }
  }

  /// The leads are open again, and what was made of them is gone.
  func renewLeads(at now: Timestamp) async throws {
    _ = try await database.execute(
      [FillStatements.withoutChecks()] + clearing
        + Filler(options: options, now: now, say: say).leads)
    _ = try await database.executeScript(PreparationStatements.settle)
    try await flush()
  }

  private func fill(_ filler: Filler) async throws {
    let connection = try await operatorConnection()
    switch options.filling {
    case .wire: try await filler.fillOverTheWire(connection)
    case .sql: try await filler.fillByStatements(connection, database)
    }
    await connection.close()
    // What the server has in its memory is of empty companies.
    try await restart()
  }

  /// A connection with the operator logged in.
  func operatorConnection() async throws -> ServerConnection {
    let token = try String(contentsOfFile: options.folder + "/operator.token", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let connection = try await connection()
    _ = try await connection.call("auth.token", ["token": .string(token)])
    return connection
  }

  /// A connection on which nobody is logged in.
  func connection() async throws -> ServerConnection {
    try await ServerConnection.connect(to: .tcp(host: "127.0.0.1", port: Int(server.port)))
  }

  /// Session tokens, one a company.
  func tokens(_ asker: Asker, filler: Filler) async throws -> [String] {
    let connection = try await connection()
    var tokens: [String] = []
    for number in 1...options.tenants {
      let company = try filler.company(number)
      let email = asker == .admin ? company.adminEmail : "seller1@\(company.slug).example"
      tokens.append(try await Self.token(of: email, in: company, connection))
    }
    await connection.close()
    return tokens
  }

  /// Logs a user in, for the session's token.
  static func token(
    of email: String, in company: BenchmarkCompany, _ connection: ServerConnection
  ) async throws -> String {
    let answer = try await connection.call(
      "auth.login",
      [
        "tenant": .string(company.slug), "email": .string(email),
        "password": .string(Filler.password),
      ])
    guard let token = answer["token"]?.string else { throw BenchmarkError("no token came") }
    return token
  }

  /// Writes what is in memory to disk, so that no measurement pays for another one.
  func flush() async throws {
    _ = try await database.executeScript(PreparationStatements.flush)
  }

  /// PostgreSQL's name and version.
  var postgresVersion: String {
    get async throws {
      let rows = try await database.execute([GroundStatements.version()])
      return "PostgreSQL \(try rows[0].first?.string(0) ?? "")"
    }
  }

  /// A reference on the same cluster, as the role that serves; in other schemas where they are named.
  func reference(searchPath: String? = nil) async throws -> ReferenceRun {
    let folder = options.folder + "/reference"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var settings = try Self.settings(options.folder, for: BootstrapStatements.application)
    if let searchPath { settings.sessionParameters["search_path"] = searchPath }
    return ReferenceRun(
      program: try await LocalPostgres.program("pgbench"), settings: settings,
      folder: folder, server: server.process)
  }
}
