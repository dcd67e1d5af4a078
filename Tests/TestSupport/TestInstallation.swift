public import Features
public import JSON
internal import JSONRPC
internal import Logging
internal import Postgres
internal import SalesRules
internal import Synchronization

/// A whole installation without its sockets: a database of its own, pools, and the methods behind one
/// handler a client.
public final class TestInstallation: Sendable {
  /// Its database.
  public let database: TestDatabase
  /// Its pools, as the application role.
  public let pools: DatabasePools
  /// The way to its methods.
  public let dispatcher: Dispatcher
  /// What its clock shows.
  public let clock: TestClock
  /// The operator's token.
  public let operatorToken: String
  private let clients = Atomic<UInt64>(0)

  /// What the server under test calls its version.
  public static let serverVersion = "0.0.0-test"

  private init(
    database: TestDatabase, pools: DatabasePools, dispatcher: Dispatcher, clock: TestClock,
    operatorToken: String
  ) {
    self.database = database
    self.pools = pools
    self.dispatcher = dispatcher
    self.clock = clock
    self.operatorToken = operatorToken
  }

  /// A fresh one with an operator and no company.
  public static func make(
    configuration: FeaturesConfiguration = FeaturesConfiguration(
      serverVersion: serverVersion, passwordCost: .least)
  ) async throws -> TestInstallation {
    let database = try await TestDatabase.migrated()
    let clock = TestClock()
    let token = try await database.connected(as: database.application) { connection in
      try await OperatorTokens.createIfNone(on: connection, at: clock.now)
    }
    let pools = try pools(of: database)
    let dispatcher = Features.dispatcher(
      pools: pools, clock: clock.wallClock, configuration: configuration, logger: quiet)
    return TestInstallation(
      database: database, pools: pools, dispatcher: dispatcher, clock: clock,
      operatorToken: token ?? "")
  }

  /// Another server of the same installation: it has the database in common with this one, and the
  /// clock, and nothing else.
  public func anotherServer(
    passwordCost: PasswordCost = .least, auditKeys: AuditKeys = .ofThisProcess,
    eventInterval: Duration = .seconds(1)
  ) throws -> TestInstallation {
    let pools = try Self.pools(of: database)
    var configuration = FeaturesConfiguration(
      serverVersion: Self.serverVersion, passwordCost: passwordCost)
    configuration.auditKeys = auditKeys
    configuration.eventInterval = eventInterval
    let dispatcher = Features.dispatcher(
      pools: pools, clock: clock.wallClock, configuration: configuration, logger: Self.quiet)
    return TestInstallation(
      database: database, pools: pools, dispatcher: dispatcher, clock: clock,
      operatorToken: operatorToken)
  }

  /// What nobody foresaw shows in the tests' output.
  private static let quiet: Logger = {
    var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .error
    return logger
  }()

  private static func pools(of database: TestDatabase) throws -> DatabasePools {
    let pool = { (connections: Int, inFlight: Int) in
      Pool(
        engine: try TestDatabase.engine(), settings: database.application,
        configuration: .init(connections: connections, inFlightPerConnection: inFlight),
        logger: quiet)
    }
    return DatabasePools(
      reads: try pool(1, 16), writes: try pool(2, 8), reports: try pool(1, 1))
  }

  /// A client of whom nothing is known yet.
  public func client(address: String = "127.0.0.1", isLocal: Bool = true) -> TestClient {
    let number = clients.add(1, ordering: .relaxed).newValue
    return TestClient(
      handler: dispatcher.makeHandler(
        ClientOrigin(
          address: address, isLocal: isLocal, isEncrypted: false, connection: number)))
  }

  /// The operator.
  public func operatorClient() async throws -> TestClient {
    let client = client()
    try await client.call("auth.token", ["token": .string(operatorToken)])
    return client
  }

  /// A company on a plan of its own, unlimited unless said otherwise, with its owner.
  public func company(
    _ slug: String = "mebel", template: String = "none", limits: JSON = [:]
  ) async throws -> TestCompany {
    let operatorClient = try await operatorClient()
    try await operatorClient.call(
      "plan.create", ["code": .string(slug), "name": "Plan", "limits": limits])
    let created = try await operatorClient.call(
      "tenant.create",
      [
        "slug": .string(slug), "name": "Мебель-Сити", "plan": .string(slug),
        "template": .string(template),
        "admin": [
          "email": .string("owner@\(slug).example"), "name": "Анна",
          "password": .string(TestCompany.password),
        ],
      ])
    let owner = try await login(slug, "owner@\(slug).example")
    return TestCompany(
      installation: self, slug: slug, id: created["tenant"]?["id"]?.int64 ?? 0, owner: owner,
      operatorClient: operatorClient)
  }

  /// A user of a company, logged in; passwords are all `TestCompany.password`.
  public func login(_ slug: String, _ email: String) async throws -> TestClient {
    let client = client()
    try await client.call(
      "auth.login",
      [
        "tenant": .string(slug), "email": .string(email),
        "password": .string(TestCompany.password),
      ])
    return client
  }
}
