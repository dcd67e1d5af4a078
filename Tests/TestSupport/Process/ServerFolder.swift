internal import Foundation
public import Glibc
internal import LocalPostgres
public import Postgres

/// A data folder for servers under test, open for PostgreSQL's user to pass through; gone with its last
/// user.
public final class ServerFolder: Sendable {
  /// Its absolute path.
  public let path: String

  /// A new one.
  public init() throws {
    // Not under TMPDIR, which is often a folder that only its owner may enter.
    var template = Array("/tmp/voronka-server-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard chmod(path, 0o711) == 0 else { throw POSIXError(.EIO) }
  }

  /// Takes over a folder that is there already.
  public init(taking path: String) throws {
    guard access(path, R_OK | X_OK) == 0 else { throw POSIXError(.ENOENT) }
    self.path = path
  }

  deinit {
    let path = path
    // The PostgreSQL of a server that was killed is still on its way out.
    Thread.detachNewThread { Self.remove(path) }
  }

  /// Removes a folder as soon as no PostgreSQL works in it any more.
  static func remove(_ path: String) {
    let deadline = ContinuousClock.now + .seconds(10)
    while access(path + "/postgres/data/postmaster.pid", F_OK) == 0, ContinuousClock.now < deadline
    {
      usleep(10_000)
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The token that the server wrote at its first start.
  public func operatorToken() throws -> String {
    try String(contentsOfFile: path + "/operator.token", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A way past the server into its private PostgreSQL, as the superuser; nil while that does not run.
  public var superuser: ConnectionSettings? {
    LocalPostgres.runningSettings(in: path, for: BootstrapStatements.superuser)
  }

  /// The process id of its private PostgreSQL, nil where none has written one down.
  public var postmaster: pid_t? {
    let text = try? String(contentsOfFile: path + "/postgres/data/postmaster.pid", encoding: .utf8)
    return text?.split(separator: "\n").first.flatMap { pid_t($0) }
  }

  /// Takes away, or gives back, a file without which its PostgreSQL does not start.
  public func barPostgres(_ isBarred: Bool) throws {
    let file = path + "/postgres/data/postgresql.conf"
    let (from, to) = isBarred ? (file, file + ".away") : (file + ".away", file)
    guard rename(from, to) == 0 else { throw POSIXError(.ENOENT) }
  }
}
