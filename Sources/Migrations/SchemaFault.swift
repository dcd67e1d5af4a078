/// Why a server may not serve from a database.
public enum SchemaFault: Sendable, Equatable, CustomStringConvertible {
  /// The database was never migrated.
  case noSchema
  /// Migrations are missing.
  case outdated(pending: [Int])
  /// The history differs from what the program carries.
  case history(HistoryFault)
  /// The server program's minor version is not safe.
  case serverVersion(found: String, oldest: String)
  /// The role has an attribute that gets round row-level security or makes such roles.
  case power(String)
  /// The role is a member of another.
  case membership(String)
  /// The role owns something.
  case ownership(String)
  /// The role holds a privilege that no request needs.
  case privilege(String)
  /// A table lacks enabled and forced row-level security.
  case unprotected(table: String)

  /// An English sentence that says what to do.
  public var description: String {
    switch self {
    case .noSchema:
      "the database has no schema yet: run voronkad migrate up"
    case .outdated(let pending):
      "migrations \(pending.map(String.init).joined(separator: ", ")) are not applied: "
        + "run voronkad migrate up"
    case .history(let fault):
      fault.description
    case .serverVersion(let found, let oldest):
      "PostgreSQL \(found) is too old to keep companies apart: update it to \(oldest) or later"
    case .power(let power):
      "the server's database role has \(power): use a role without it (voronka_app)"
    case .membership(let role):
      "the server's database role is a member of \(role): revoke that membership"
    case .ownership(let object):
      "the server's database role owns the \(object): let voronka_owner own it"
    case .privilege(let privilege):
      "the server's database role has \(privilege): revoke it"
    case .unprotected(let table):
      "table \(table) lacks enabled and forced row-level security: it must have both"
    }
  }
}
