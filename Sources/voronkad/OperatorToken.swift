internal import ArgumentParser
internal import Features
internal import Foundation
internal import LocalPostgres
internal import Logging
internal import Postgres

/// `voronkad operator-token`: a new token for an operator who lost the old one.
struct OperatorToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replace the operator's token; the old one ends at once.",
    discussion: """
      The new token is written to operator.token in the data folder and never printed. It works while \
      the server runs and while it does not.
      """)

  @OptionGroup var dataOptions: DataOptions

  @Flag(help: "Make a new token.")
  var new = false

  func validate() throws {
    guard new else { throw ValidationError("Say --new to replace the operator's token.") }
    _ = try dataOptions.folder
  }

  func run() async throws {
    let logger = dataOptions.logger()
    let engine = try Engine()
    do {
      try dataOptions.makeFolder()
      let file = OperatorTokenFile(folder: try dataOptions.folder)
      let database = try await InstallationDatabase.join(dataOptions, logger: logger)
      do {
        let connection = try await DedicatedConnection.connect(
          database.application, engine: engine)
        _ = try await OperatorTokens.replace(
          on: connection, at: WallClock.system.now, keeping: file.prepare)
        await connection.close()
        try file.publish()
      } catch {
        await database.local?.stop()
        throw error
      }
      await database.local?.stop()
      print("The operator's new token is in \(file.path)")
    } catch {
      logger.critical("no new token", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }
}
