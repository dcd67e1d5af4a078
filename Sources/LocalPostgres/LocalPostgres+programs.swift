internal import Foundation
internal import Postgres

extension LocalPostgres {
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
