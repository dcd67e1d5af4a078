internal import Foundation
internal import Glibc

/// The database part of a data folder and who may enter it.
///
/// ```
/// DIR/postgres.lock   held by the server that works here
/// DIR/postgres.log    what PostgreSQL said before its own log began
/// DIR/postgres/       the cluster user's alone
///   data/             the cluster; data.new/ while it is being made
///   run/              the socket, unless the path is too long for one
/// ```
struct ClusterFolder: Sendable {
  /// The data folder of the server.
  let root: String
  let user: ClusterUser

  var own: String { "\(root)/postgres" }
  var data: String { "\(own)/data" }
  var unfinished: String { "\(own)/data.new" }
  var lock: String { "\(root)/postgres.lock" }
  var startLog: String { "\(root)/postgres.log" }

  /// The major version that made the data, nil where there are none yet.
  var major: Int? {
    let text = try? String(contentsOfFile: "\(data)/PG_VERSION", encoding: .utf8)
    return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// Makes what is missing and proves that the cluster user can work in it.
  func prepare() async throws {
    if !FileManager.default.fileExists(atPath: root) {
      // Others may pass through, which the cluster user must, and see nothing.
      try makeFolder(root, mode: 0o711, withParents: true)
    }
    try makeOwn(own)
    try await proveReachable(own)
  }

  /// A folder that belongs to the cluster user alone.
  func makeOwn(_ path: String) throws {
    if mkdir(path, 0o700) == 0 {
      guard !user.changesUser || chown(path, user.postgres.identifier, user.postgres.group) == 0
      else { throw failure(path, "can't be given to \(user.postgres.name)") }
      return
    }
    guard errno == EEXIST else { throw failure(path, "can't be made") }
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw LocalPostgresError(.folder, "\(path) is not a folder")
    }
    guard status.st_uid == user.postgres.identifier else {
      throw LocalPostgresError(
        .folder,
        "\(path) belongs to user number \(status.st_uid), PostgreSQL would run as "
          + "\(user.postgres.name): start the server as the user who started it before, "
          + "or give the folder to \(user.postgres.name) (chown -R)")
    }
    guard status.st_mode & 0o077 == 0 || chmod(path, 0o700) == 0 else {
      throw failure(path, "can't be closed to others")
    }
  }

  private func makeFolder(_ path: String, mode: mode_t, withParents: Bool) throws {
    let parent = (path as NSString).deletingLastPathComponent
    if withParents, !parent.isEmpty, !FileManager.default.fileExists(atPath: parent) {
      try makeFolder(parent, mode: 0o755, withParents: true)
    }
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw failure(path, "can't be made") }
  }

  /// Lets the cluster user itself try the way, which knows of access lists too, and names the
  /// first folder that stops it.
  private func proveReachable(_ path: String) async throws {
    guard user.changesUser, try await !isPassable(path) else { return }
    var way = ""
    for part in path.split(separator: "/") {
      way += "/\(part)"
      guard try await !isPassable(way) else { continue }
      throw LocalPostgresError(
        .barred,
        "user \(user.postgres.name), as whom PostgreSQL runs, may not enter \(way): "
          + "use a data folder elsewhere, or allow it with: chmod o+x \(way)")
    }
  }

  private func isPassable(_ path: String) async throws -> Bool {
    let command = user.command("/usr/bin/test", ["-x", path], deathSignal: "KILL")
    return try await ChildProcess.launch(ChildCommand(command)).exit == .exited(0)
  }

  private func failure(_ path: String, _ what: String) -> LocalPostgresError {
    LocalPostgresError(.folder, "\(path) \(what): \(String(cString: strerror(errno)))")
  }
}
