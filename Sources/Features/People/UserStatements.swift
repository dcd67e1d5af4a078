internal import Postgres

/// People; `$1` is the tenant everywhere.
enum UserStatements {
  /// `$2` id, `$3` e-mail, `$4` name, `$5` role, `$6` password hash or null, `$7` now.
  static let insert = Statement(
    """
    insert into user_account (tenant_id, id, email, name, role, password_hash, created_at)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::timestamptz)
    """)

  /// More active users than `$2` roll the transaction back; null is no limit.
  static let requireAllowed = Statement(
    """
    select require_below(
      (
        select count(*)
        from user_account
        where tenant_id = $1::bigint
          and state = 'active'
      ),
      $2::bigint
    )
    """)
}
