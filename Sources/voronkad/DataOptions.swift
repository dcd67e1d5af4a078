public import ArgumentParser
internal import Foundation
public import Logging

/// Where the installation's data are.
struct DataOptions: ParsableArguments {
  @Option(help: "The data folder; it is made if it is missing.")
  var data: String

  @Option(
    help: ArgumentHelp(
      "An existing PostgreSQL instead of a private one in the data folder.",
      discussion: "A URL as libpq takes it, several hosts and target_session_attrs included. The "
        + "role must be the application's, voronka_app. Rather use VORONKA_DATABASE_URL, which no "
        + "process list shows."))
  var databaseURL: String?

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = Logger.Level.info

  /// The data folder as an absolute path.
  var folder: String {
    URL(fileURLWithPath: data).standardizedFileURL.path
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
    guard !FileManager.default.fileExists(atPath: folder) else { return }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
