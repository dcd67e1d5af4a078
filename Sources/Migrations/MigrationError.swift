/// Why a database was not migrated; nothing of the migration that failed is left behind.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The history is not a beginning of the migrations this program carries.
  case history([HistoryFault])
  /// Another migrator worked on the database for longer than this one would wait.
  case busy(waited: Duration)
  /// A migration failed; the reason is the database's.
  case failed(number: Int, name: String, reason: String)
  /// Other transactions held locks the migration needs, at each of its attempts.
  case locked(number: Int, name: String, attempts: Int)

  /// An English sentence that says what to do.
  public var description: String {
    switch self {
    case .history(let faults):
      faults.map(\.description).joined(separator: "; ")
    case .busy(let waited):
      "another program has been migrating this database for \(waited): try again when it is done"
    case .failed(let number, let name, let reason):
      "migration \(number) (\(name)) failed and left nothing behind: \(reason)"
    case .locked(let number, let name, let attempts):
      "migration \(number) (\(name)) got no lock in \(attempts) attempts: end long transactions "
        + "(pg_stat_activity shows them) and try again"
    }
  }
}
