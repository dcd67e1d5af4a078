internal import Postgres

/// What the server asks about itself.
enum SystemStatements {
  /// Proves that the database answers.
  static let probe = Statement(
    """
    select 1
    """)
}
