/// What a private PostgreSQL needs to know.
public struct LocalPostgresConfiguration: Sendable {
  /// The server's data folder; the cluster lives in `postgres` below it.
  public var folder: String
  /// A folder with PostgreSQL's server programs; nil finds the highest usable version installed.
  public var binaries: String?
  /// The unprivileged user that root hands PostgreSQL to; others run it as themselves.
  public var user: String
  /// How long a start may take, recovery after a crash included.
  public var startLimit: Duration
  /// How long running statements get to end at a stop before they are cut off.
  public var stopLimit: Duration
  /// Whether the data may be lost with the machine: no flush to disk, no logs kept. For tests.
  var isThrowaway = false

  /// A configuration with the usual limits.
  ///
  /// - Parameters:
  ///   - folder: the data folder, an absolute path.
  ///   - environment: where `VORONKA_POSTGRES_BIN` and `VORONKA_POSTGRES_USER` are looked up.
  public init(folder: String, environment: [String: String] = [:]) {
    self.folder = folder
    binaries = environment["VORONKA_POSTGRES_BIN"]
    user = environment["VORONKA_POSTGRES_USER"] ?? "postgres"
    startLimit = .seconds(600)
    stopLimit = .seconds(30)
  }
}
