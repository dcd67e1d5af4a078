internal import Foundation
internal import Postgres

/// A folder with PostgreSQL's server programs, and their version.
struct PostgresBinaries: Sendable {
  let folder: String
  let version: PostgresVersion

  func path(_ program: String) -> String { "\(folder)/\(program)" }

  /// Finds the programs.
  ///
  /// - Parameters:
  ///   - given: the folder to use, if somebody named one.
  ///   - major: the major version that made the data, which no other can read; nil for new data,
  ///     which get the highest installed.
  static func find(in given: String?, major: Int?) async throws -> PostgresBinaries {
    if let given {
      guard let found = await look(in: given) else {
        throw LocalPostgresError(
          .noBinaries, "\(given) holds no PostgreSQL server (initdb, postgres)")
      }
      return try found.checked(major: major)
    }
    var installed: [PostgresBinaries] = []
    for folder in usualFolders() {
      if let found = await look(in: folder) { installed.append(found) }
    }
    let usable = installed.filter { $0.version.major == major ?? $0.version.major }
    guard let best = usable.max(by: { $0.version < $1.version }) else {
      throw LocalPostgresError(
        .noBinaries,
        "no server programs of PostgreSQL \(major.map(String.init) ?? "15 or later") found: "
          + "install postgresql-\(major ?? PostgresVersion.oldestMajor), "
          + "or name their folder in VORONKA_POSTGRES_BIN")
    }
    return try best.checked(major: major)
  }

  private func checked(major: Int?) throws -> PostgresBinaries {
    if let major, version.major != major {
      throw LocalPostgresError(
        .noBinaries,
        "the data were made by PostgreSQL \(major), \(folder) holds \(version): "
          + "install postgresql-\(major)")
    }
    guard version.isSafe else {
      let oldest = version.oldestSafe
      throw LocalPostgresError(
        .outdated,
        "PostgreSQL \(version) in \(folder) is too old to keep companies apart; "
          + "\(oldest) is the oldest that may serve: apt-get install postgresql-\(oldest.major)")
    }
    return self
  }

  /// Where Debian and others put them, one folder a major version.
  private static func usualFolders() -> [String] {
    let parents = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/postgresql"]
    return parents.flatMap { parent in
      let versions = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
      return versions.map { $0 == "bin" ? "\(parent)/bin" : "\(parent)/\($0)/bin" }
    }
  }

  private static func look(in folder: String) async -> PostgresBinaries? {
    let files = FileManager.default
    guard files.isExecutableFile(atPath: "\(folder)/initdb"),
      files.isExecutableFile(atPath: "\(folder)/postgres"),
      let child = try? await ChildProcess.launch(
        ChildCommand(["\(folder)/postgres", "--version"])),
      await child.exit == .exited(0),
      let version = PostgresVersion(versionLine: child.output)
    else { return nil }
    return PostgresBinaries(folder: folder, version: version)
  }
}
