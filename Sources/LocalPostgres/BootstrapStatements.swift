/// The roles, the database and the schema every installation has before its first migration.
///
/// Each statement stands alone: PostgreSQL's single-user mode and a superuser's connection both
/// carry them out one after another.
public enum BootstrapStatements {
  /// Creates and migrates everything, and owns it; bound by forced row-level security all the same.
  public static let owner = "voronka_owner"
  /// Serves requests; owns nothing.
  public static let application = "voronka_app"
  /// The database.
  public static let database = "voronka"
  /// The schema in which all relations live.
  public static let schema = "voronka"
  /// Name of the superuser of a private cluster.
  public static let superuser = "postgres"

  /// To be run once a cluster, connected to any database.
  public static let roles = [
    """
    create role \(owner) login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    """,
    """
    create role \(application) login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    """,
  ]

  /// To be run for each database, connected to any database.
  ///
  /// - Parameters:
  ///   - database: its name; only letters, digits and underscores.
  ///   - template: the database it is a copy of, nil for an empty one.
  public static func createDatabase(_ database: String, template: String? = nil) -> [String] {
    precondition(
      ([database] + [template].compactMap(\.self)).allSatisfy {
        $0.utf8.allSatisfy { $0 == 95 || (48...57).contains($0) || (97...122).contains($0) }
      }, "a database's name is made of a-z, 0-9 and _")
    return [
      """
      create database \(database) owner \(owner) template \(template ?? "template0")
      """,
      // Nobody else connects; temporary tables would be relations without policies.
      """
      revoke all on database \(database) from public
      """,
      """
      grant connect on database \(database) to \(application)
      """,
      """
      alter role \(owner) in database \(database) set search_path = \(schema)
      """,
      """
      alter role \(application) in database \(database) set search_path = \(schema)
      """,
    ]
  }

  /// To be run for each database that is not a copy, connected to it.
  public static let createSchema = [
    """
    revoke all on schema public from public
    """,
    """
    create schema \(schema) authorization \(owner)
    """,
    """
    grant usage on schema \(schema) to \(application)
    """,
  ]
}
