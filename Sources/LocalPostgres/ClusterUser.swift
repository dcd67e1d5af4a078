internal import Glibc

/// Who runs the PostgreSQL programs. They refuse root, so root hands them to an unprivileged user;
/// anybody else runs them as themselves.
struct ClusterUser: Sendable {
  /// The user this process works as.
  let server: OperatingSystemUser
  /// The user the PostgreSQL programs run as.
  let postgres: OperatingSystemUser

  /// Whether files made by this process must be handed over.
  var changesUser: Bool { server.identifier != postgres.identifier }

  /// Finds both.
  ///
  /// - Parameter name: the user root hands PostgreSQL to; not looked at for anybody else.
  init(handingTo name: String) throws {
    server = try OperatingSystemUser.current()
    guard server.identifier == 0 else {
      postgres = server
      return
    }
    guard let user = OperatingSystemUser.named(name), user.identifier != 0 else {
      throw LocalPostgresError(
        .noUser,
        "PostgreSQL refuses to run as root and there is no unprivileged user \"\(name)\": "
          + "install postgresql, or name another user in VORONKA_POSTGRES_USER")
    }
    postgres = user
  }

  /// The command that runs a program as that user and has it signalled when the thread that
  /// started it ends, which is when this process ends, in whatever way.
  func command(_ program: String, _ arguments: [String], deathSignal: String) -> [String] {
    var command = ["/usr/bin/setpriv"]
    if changesUser {
      command += [
        "--reuid=\(postgres.identifier)", "--regid=\(postgres.group)", "--clear-groups",
      ]
    }
    return command + ["--pdeathsig=\(deathSignal)", "--", program] + arguments
  }
}
