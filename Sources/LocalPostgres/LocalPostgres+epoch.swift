internal import Foundation

extension LocalPostgres {
  /// Has the cluster, once it has stopped, count transactions from the beginning of an epoch on.
  ///
  /// Rows that came from another cluster may hold that one's transaction numbers. Whoever compares them
  /// with the present one must find them in the past.
  package static func advance(
    _ configuration: LocalPostgresConfiguration, toEpoch epoch: Int64
  ) async throws {
    let folder = ClusterFolder(
      root: configuration.folder, user: try ClusterUser(handingTo: configuration.user))
    let lock = try FolderLock(path: folder.lock)
    let binaries = try await PostgresBinaries.find(in: configuration.binaries, major: folder.major)
    let child = try await ChildProcess.launch(
      ChildCommand(
        folder.user.command(
          binaries.path("pg_resetwal"), ["--epoch=\(epoch)", folder.data], deathSignal: "KILL")))
    let status = await child.exit
    lock.release()
    guard status == .exited(0) else {
      throw LocalPostgresError(.failed, "pg_resetwal ended with \(status): \(child.output)")
    }
  }
}
