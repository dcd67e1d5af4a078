internal import Foundation

/// The files that are written when a cluster is made.
enum ClusterSettings {
  /// Appended to `postgresql.conf`; the operator's to tune from then on.
  static func configuration(memory: UInt64) -> String {
    let megabytes = Int(memory / 1_048_576)
    return """

      # Written by voronkad when it made this cluster; yours to tune from then on.
      max_connections = 100
      shared_buffers = \(min(max(megabytes / 4, 128), 2048))MB
      effective_cache_size = \(max(megabytes / 2, 256))MB
      maintenance_work_mem = \(min(max(megabytes / 16, 64), 512))MB
      max_wal_size = 4GB
      checkpoint_timeout = 15min
      random_page_cost = 1.1
      # Statements are short; compiling them costs more than it gives.
      jit = off
      timezone = 'UTC'
      log_timezone = 'UTC'
      # A week of logs, one file a day of the week. Neither parameters nor the details of errors,
      # which hold values of rows, nor statements are ever written to it.
      logging_collector = on
      log_directory = 'log'
      log_filename = 'postgresql-%a.log'
      log_rotation_age = 1d
      log_rotation_size = 0
      log_truncate_on_rotation = on
      log_line_prefix = '%m [%p] %q%a '
      log_error_verbosity = terse
      log_min_error_statement = panic
      log_parameter_max_length = 0
      log_parameter_max_length_on_error = 0

      """
  }

  /// Peers on the socket alone, mapped by name; everything else is refused.
  static let hostAccess = """
    # TYPE  DATABASE     USER                                  METHOD
    local   all          \(roles.joined(separator: ","))   peer map=voronka
    local   replication  \(BootstrapStatements.superuser)                              peer map=voronka

    """

  /// The server's user and the cluster's own may act as each of the roles.
  static func identities(_ user: ClusterUser) -> String {
    let names = user.changesUser ? [user.server.name, user.postgres.name] : [user.server.name]
    let lines = names.flatMap { name in roles.map { "voronka  \"\(name)\"  \($0)\n" } }
    return "# MAPNAME  SYSTEM-USERNAME  PG-USERNAME\n" + lines.joined()
  }

  private static let roles = [
    BootstrapStatements.superuser, BootstrapStatements.owner, BootstrapStatements.application,
  ]
}
