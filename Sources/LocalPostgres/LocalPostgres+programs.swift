internal import Foundation
internal import Glibc
package import Postgres

extension LocalPostgres {
  /// Runs one of PostgreSQL's programs for clients to its end; it ends with this process.
  ///
  /// - Parameters:
  ///   - settings: where it connects. They go by its environment: no list of processes shows them.
  ///   - outputDescriptor: what takes its standard output.
  /// - Throws: `LocalPostgresError` with what the program said, where it fails.
  package static func run(
    _ name: String, _ arguments: [String], connectingTo settings: ConnectionSettings,
    outputDescriptor: Int32? = nil
  ) async throws {
    let home = ProcessInfo.processInfo.environment["HOME"].map { ["HOME=\($0)"] } ?? []
    let child = try await ChildProcess.launch(
      ChildCommand(
        ["/usr/bin/setpriv", "--pdeathsig=KILL", "--", try await program(name)] + arguments,
        outputDescriptor: outputDescriptor, variables: home + settings.programEnvironment))
    let status = await withTaskCancellationHandler {
      await child.exit
    } onCancel: {
      child.signal(SIGTERM)
    }
    guard status == .exited(0) else {
      throw LocalPostgresError(
        .failed, "\(name) ended with \(status): \(child.output.suffix(2000))")
    }
  }

  /// The version of the programs that `program` finds.
  package static func programVersion() async throws -> PostgresVersion {
    try await PostgresBinaries.find(
      in: ProcessInfo.processInfo.environment["VORONKA_POSTGRES_BIN"], major: nil
    ).version
  }

  /// The path of one of PostgreSQL's programs, beside those that a private server runs.
  ///
  /// - Throws: `LocalPostgresError`, which says what to install.
  package static func program(_ name: String) async throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let binaries = try await PostgresBinaries.find(
      in: environment["VORONKA_POSTGRES_BIN"], major: nil)
    let path = binaries.path(name)
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw LocalPostgresError(
        .noBinaries,
        "\(path) is not there: apt-get install postgresql-\(binaries.version.major)")
    }
    return path
  }
}
