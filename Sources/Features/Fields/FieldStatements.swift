internal import Postgres

/// The company's own fields; `$1` is the tenant everywhere.
enum FieldStatements {
  /// Those of the people `$2` who belong to the company.
  static let knownPeople = Statement(
    """
    select id
    from user_account
    where tenant_id = $1::bigint
      and id = any ($2::bigint[])
    """)
}
