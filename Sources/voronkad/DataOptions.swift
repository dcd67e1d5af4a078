public import ArgumentParser
internal import Foundation
public import Logging

/// Where the installation's data are.
struct DataOptions: ParsableArguments {
  @Option(help: "The data folder; it is made if it is missing.")
  var data: String?

  @Option(
    help: ArgumentHelp(
      "An existing PostgreSQL instead of a private one in the data folder.",
      discussion: "A URL as libpq takes it, several hosts and target_session_attrs included. The "
        + "role must be the application's, voronka_app. Rather use VORONKA_DATABASE_URL, which no "
        + "process list shows."))
  var databaseURL: String?

  @Flag(
    help: ArgumentHelp(
      "The database URL leads to a pooler in transaction mode, such as PgBouncer.",
      discussion:
        "Nothing is left in a session then: no prepared statements, and time-outs are set "
        + "with each transaction. Migrations need PostgreSQL itself."))
  var pooler = false

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = Logger.Level.info

  func validate() throws {
    guard data != nil || url != nil else {
      throw ValidationError("Say --data FOLDER, or name an existing PostgreSQL.")
    }
    guard !pooler || url != nil else {
      throw ValidationError("--pooler is for an existing PostgreSQL: name it with --database-url.")
    }
  }

  /// The data folder as an absolute path.
  var folder: String {
    get throws {
      guard let data else {
        throw ValidationError("Say --data FOLDER: the operator's token is kept there.")
      }
      return URL(fileURLWithPath: data).standardizedFileURL.path
    }
  }

  /// The database's URL, if an existing one is to be used.
  var url: String? {
    databaseURL ?? ProcessInfo.processInfo.environment["VORONKA_DATABASE_URL"]
  }

  /// A logger to standard error.
  func logger(_ label: String = "voronkad") -> Logger {
    var logger = Logger(label: label, factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = logLevel
    return logger
  }

  /// Makes the folder. Others may pass through, as PostgreSQL's user must, and see nothing.
  func makeFolder() throws {
    let folder = try folder
    guard !FileManager.default.fileExists(atPath: folder) else { return }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
