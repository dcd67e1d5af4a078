internal import Glibc
internal import Logging
public import Postgres

extension LocalPostgres {
  /// Settings that lead to the server which another process runs on the folder; nil where none takes
  /// connections there.
  public static func runningSettings(in folder: String, for role: String) -> ConnectionSettings? {
    let data = "\(folder)/postgres/data"
    let remnants = Remnants(data: data, logger: Logger(label: "voronka.postgres"))
    guard remnants.postmaster != nil, let file = PostmasterFile(data: data), file.isReady,
      let socketFolder = file.socketFolder
    else { return nil }
    return ConnectionSettings(
      host: socketFolder, port: ClusterFolder.port, database: BootstrapStatements.database,
      user: role)
  }
}
