internal import Postgres

/// What takes away what a plan no longer keeps.
enum RetentionStatements {
  /// Looks at `$4` cards of company `$1` behind card `$3`, and takes the history that is over at `$2`.
  static let expireHistory = Statement(
    """
    select last_card, removed
    from expire_history($1::bigint, $2::timestamptz, $3::bigint, $4::bigint)
    """)
}
